/**
 * Pairs rows with columns so that the sum of costs is the least possible (Jonker and Volgenant's shortest augmenting
 * paths, O(rows² × columns)). Every row is paired when there are as many columns; the caller
 * gives pairs that must not be made a cost above its limit, and drops them afterwards. Deterministic.
 *
 * @param costs finite numbers, one array of the same length for each row.
 * @returns for each row its column, or -1 when there are fewer columns than rows and it is left over.
 */
export function assign(costs: readonly ArrayLike<number>[]): Int32Array {
  const rows = costs.length
  const columns = costs[0]?.length ?? 0
  if (rows > columns) return invert(assign(transpose(costs, columns)), rows)
  // 1-based, as the algorithm is commonly written: column 0 is the row that is being placed
  const rowPrice = new Float64Array(rows + 1)
  const columnPrice = new Float64Array(columns + 1)
  const rowOf = new Int32Array(columns + 1)
  const cameFrom = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    let column = cheapestPath(row, costs, { rowPrice, columnPrice, rowOf, cameFrom })
    while (column !== 0) {
      const previous = at(cameFrom, column)
      rowOf[column] = at(rowOf, previous)
      column = previous
    }
  }
  return invert(
    rowOf.subarray(1).map((row) => row - 1),
    rows,
  )
}

interface Prices {
  readonly rowPrice: Float64Array
  readonly columnPrice: Float64Array
  /** The row that has a column; 0 for none. */
  readonly rowOf: Int32Array
  readonly cameFrom: Int32Array
}

/** Dijkstra from a row that has no column yet to the nearest free one, which is returned; prices are kept feasible. */
function cheapestPath(row: number, costs: readonly ArrayLike<number>[], prices: Prices): number {
  const { rowPrice, columnPrice, rowOf, cameFrom } = prices
  const columns = rowOf.length - 1
  const distance = new Float64Array(columns + 1).fill(Infinity)
  const done = new Uint8Array(columns + 1)
  rowOf[0] = row
  let column = 0
  do {
    done[column] = 1
    const owner = at(rowOf, column)
    const line = costs[owner - 1] ?? []
    let step = Infinity
    let next = 0
    for (let other = 1; other <= columns; other++) {
      if (done[other] === 1) continue
      const through = (line[other - 1] ?? Infinity) - at(rowPrice, owner) - at(columnPrice, other)
      if (through < at(distance, other)) {
        distance[other] = through
        cameFrom[other] = column
      }
      if (at(distance, other) < step) {
        step = at(distance, other)
        next = other
      }
    }
    for (let other = 0; other <= columns; other++) {
      if (done[other] === 1) {
        const owner = at(rowOf, other)
        rowPrice[owner] = at(rowPrice, owner) + step
        columnPrice[other] = at(columnPrice, other) - step
      } else distance[other] = at(distance, other) - step
    }
    column = next
  } while (at(rowOf, column) !== 0)
  return column
}

function transpose(costs: readonly ArrayLike<number>[], columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, column) => Float64Array.from(costs, (line) => line[column] ?? Infinity))
}

/** The inverse of an index list; -1 for none. */
function invert(owners: ArrayLike<number>, count: number): Int32Array {
  const held = new Int32Array(count).fill(-1)
  for (let index = 0; index < owners.length; index++) {
    const owner = at(owners, index)
    if (owner >= 0) held[owner] = index
  }
  return held
}

function at(list: ArrayLike<number>, index: number): number {
  return list[index] ?? 0
}
