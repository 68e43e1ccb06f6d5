import { Empty } from '../../ui';

export default function Settlement() {
  return <><h1>Settlement</h1><Empty>Nothing is shown here yet.</Empty></>;
}
