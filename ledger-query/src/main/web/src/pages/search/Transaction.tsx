import { Empty } from '../../ui';

export default function Transaction() {
  return <><h1>Transaction</h1><Empty>Nothing is shown here yet.</Empty></>;
}
