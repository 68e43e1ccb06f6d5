import { Empty } from '../../ui';

export default function Entry() {
  return <><h1>Entry</h1><Empty>Nothing is shown here yet.</Empty></>;
}
