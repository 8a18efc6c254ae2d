# One image for both halves of SocBot and for its command-line tool; docker-compose.yml says which part runs where.
# There is no build step: Node runs the TypeScript as it is. Not Alpine: Temporal's native module needs glibc.
FROM node:24-bookworm-slim

# Temporal's native module wants root certificates, also where no TLS is used.
RUN apt-get update \
  && apt-get install --no-install-recommends --yes ca-certificates \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json ./
# The native module comes for five platforms; the other four are 118 MB that nobody runs.
RUN npm ci --omit=dev \
  && npm cache clean --force \
  && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
    ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} +
COPY bin bin
COPY src src

ENV NODE_ENV=production
USER node
# A small nursery for new objects: many waiting requests would fill a large one, and it is never given back.
ENTRYPOINT ["node", "--max-semi-space-size=8", "bin/socbot.js"]
CMD ["--help"]
