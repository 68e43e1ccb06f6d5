import { Empty } from '../../ui';

export default function Period() {
  return <><h1>Reporting period</h1><Empty>Nothing is shown here yet.</Empty></>;
}
