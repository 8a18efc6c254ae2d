export { answer } from './answer.ts';
export { checkpoint } from './checkpoint.ts';
export { holdLease } from './hold-lease.ts';
export { lookUp } from './look-up.ts';
export { reconcile } from './reconcile.ts';
export { requestContainment } from './request-containment.ts';
