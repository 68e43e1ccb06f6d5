import { Empty } from '../../ui';

export default function Block() {
  return <><h1>Block</h1><Empty>Nothing is shown here yet.</Empty></>;
}
