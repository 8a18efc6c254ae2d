import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { openStore, type Store } from '#store/open-store.ts';
import { describeAccounts } from './contract/accounts.ts';
import { describeAudit } from './contract/audit.ts';
import { describeBlockList } from './contract/block-list.ts';
import { describeCheckpoints } from './contract/checkpoints.ts';
import { describeContainmentFacts } from './contract/containment-facts.ts';
import { describeDisk } from './contract/disk.ts';
import { describeLeases } from './contract/leases.ts';
import { describeLookups } from './contract/lookups.ts';
import { describeMarks } from './contract/marks.ts';
import { describeQuota } from './contract/quota.ts';
import { describeSecondFactors, describeSecondFactorsOnDisk } from './contract/second-factors.ts';
import { describeUpgrade } from './contract/upgrade.ts';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases.filter((one) => one.skipped === null))('a store on $name', ({ start }) => {
  let database: TestDatabase;
  let store: Store;
  const storeOfTest = () => store;

  beforeAll(async () => {
    database = await start();
  });
  afterAll(async () => database.stop());
  beforeEach(async () => {
    store = await openStore(await database.createPlace());
  });
  afterEach(async () => store.close());

  describe('look-ups', () => describeLookups(storeOfTest));
  describe('quota', () => describeQuota(storeOfTest));
  describe('block list', () => describeBlockList(storeOfTest));
  describe('containment index', () => describeLeases(storeOfTest));
  describe('containment facts', () => describeContainmentFacts(storeOfTest));
  describe('audit', () => describeAudit(storeOfTest));
  describe('checkpoints', () => describeCheckpoints(async () => database.createPlace()));
  describe('marks', () => describeMarks(storeOfTest));
  describe('accounts', () => describeAccounts(storeOfTest));
  describe('second factors', () => describeSecondFactors(storeOfTest));
  describe('second factors on disk', () => describeSecondFactorsOnDisk(async () => database.createPlace()));
  describe('disk', () => describeDisk(async () => database.createPlace()));
  describe('upgrade', () => describeUpgrade(async () => database.createPlace()));
});

describe.skip.each(databases.filter((one) => one.skipped !== null))('a store on $name', () => {});
