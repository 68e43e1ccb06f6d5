import { useId, type ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** `end` for numbers. */
  readonly align?: 'end';
}

/** Rows under titles; on a phone each row is a card. It scrolls inside itself, never the page. */
export function DataTable<Row>({ caption, columns, rows, rowKey, empty }: {
  /** What the rows are, for those who do not see the heading above. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty: string;
}) {
  const id = useId();
  if (rows.length === 0) {
    return <p className="empty">{empty}</p>;
  }
  return (
    <div className="table" role="group" aria-labelledby={id} tabIndex={0}>
      <table>
        <caption id={id} className="hidden">{caption}</caption>
        <thead>
          <tr>{columns.map(each => <th key={each.key} scope="col" className={each.align}>{each.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)}>
              {columns.map(each => (
                <td key={each.key} className={each.align} data-title={each.title}><div>{each.cell(row)}</div></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The way to the next page of a list; nothing after the last one. */
export function More({ pages }: {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown; still: boolean;
    cut: boolean; restart: () => void };
}) {
  return pages.hasNextPage || pages.still ? (
    <p className="more">
      {pages.hasNextPage && (
        <button type="button" onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
          {pages.isFetchingNextPage ? 'Reading…' : 'Show more'}
        </button>
      )}
      {pages.still && (
        <span className="muted">So long a list is not read again by itself{pages.cut
          && ', and its first rows are no longer shown'}.{' '}
          <button type="button" onClick={pages.restart}>Begin again</button></span>
      )}
    </p>
  ) : null;
}
