import TestSupport

/// Changes a seed as a fuzzer does, but by numbers that follow from a seed.
struct FuzzMutation {
    private var generator: SeededGenerator
    private let seeds: [[UInt8]]

    /// Bytes at which parsers turn.
    private static let tokens: [[UInt8]] =
        ["{", "}", "[", "]", "\"", "\\u", ".", "~", "\n", "\n\n", "=", ",", ":", "-1", "0", "null"]
        .map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xE2, 0x80, 0xA8]]

    init(of seeds: [[UInt8]], seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        self.seeds = seeds
    }

    /// Another input: a seed with one to eight changes.
    mutating func next() -> [UInt8] {
        var bytes = seeds[Int.random(in: seeds.indices, using: &generator)]
        for _ in 0..<Int.random(in: 1...8, using: &generator) { change(&bytes) }
        return bytes
    }

    private mutating func place(in bytes: [UInt8]) -> Int {
        Int.random(in: 0...bytes.count, using: &generator)
    }

    private mutating func stretch(of bytes: [UInt8]) -> Range<Int> {
        let start = place(in: bytes)
        let length = Int.random(in: 0...64, using: &generator)
        return start..<min(bytes.count, start + length)
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = place(in: bytes)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0 where place < bytes.count:
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes.removeSubrange(stretch(of: bytes))
        case 2: bytes.insert(contentsOf: bytes[stretch(of: bytes)], at: place)
        case 3:
            let other = seeds[Int.random(in: seeds.indices, using: &generator)]
            bytes.insert(contentsOf: other[stretch(of: other)], at: place)
        case 4:
            let token = Self.tokens[Int.random(in: Self.tokens.indices, using: &generator)]
            bytes.insert(contentsOf: token, at: place)
        default: bytes.removeSubrange(place...)
        }
    }
}
