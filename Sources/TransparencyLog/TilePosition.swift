/// Where a tile or an entry bundle stands in its level, as its path says it.
struct TilePosition: Hashable {
    let index: UInt64
    let width: Int

    init(index: UInt64, width: Int) {
        self.index = index
        self.width = width
    }

    /// Reads `x001/x234/067` or `x001/x234/067.p/5`; nil for any other spelling.
    init?(parsing path: some Collection<UInt8>) {
        let path = Array(path)
        guard path.count <= 48 else { return nil }
        var parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var width = UInt64(256)
        let partial = Array(".p".utf8)
        if parts.count > 1, parts[parts.count - 2].suffix(2).elementsEqual(partial) {
            guard let written = LineReader.decimal(parts.removeLast()), (1...255).contains(written)
            else { return nil }
            width = written
            parts.append(parts.removeLast().dropLast(2))
        }
        var index: UInt64 = 0
        for part in parts {
            let digits = part.drop { $0 == UInt8(ascii: "x") }
            guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
                index <= TreeHead.sizeLimit / 256 / 1_000
            else { return nil }
            index = digits.reduce(index) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
        }
        self.init(index: index, width: Int(width))
        // One spelling: no leading zero groups, an x before every group but the last.
        guard self.path.utf8.elementsEqual(path) else { return nil }
    }

    var path: String {
        var groups = TilePosition.group(index % 1_000)
        var rest = index / 1_000
        while rest > 0 {
            groups = "x\(TilePosition.group(rest % 1_000))/\(groups)"
            rest /= 1_000
        }
        return width == Tile.fullWidth ? groups : "\(groups).p/\(width)"
    }

    /// The positions that hold `count` hashes or entries; those that `old` of them need not.
    static func positions(for count: UInt64, since old: UInt64) -> [TilePosition] {
        guard old < count else { return [] }
        var positions: [TilePosition] = []
        var index = old / 256
        while index * 256 < count {
            let width = Int(min(256, count - index * 256))
            positions.append(TilePosition(index: index, width: width))
            index += 1
        }
        return positions
    }

    private static func group(_ number: UInt64) -> String {
        String(String(number + 1_000).dropFirst())
    }
}
