internal import Cryptography
internal import Encoding

/// Reads text line by line; every line ends in a newline.
struct LineReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private let format: LogFormat
    /// The number of the line that was read last, from 1.
    private(set) var number = 0

    init(_ bytes: [UInt8], as format: LogFormat) {
        self.bytes = bytes[...]
        self.format = format
        position = 0
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    /// The bytes that nobody has read yet.
    var rest: [UInt8] { Array(bytes[position...]) }

    /// The next line without its newline.
    mutating func line(_ expected: String) throws(LogError) -> ArraySlice<UInt8> {
        number += 1
        guard let end = bytes[position...].firstIndex(of: 0x0A) else { throw wrong(expected) }
        defer { position = end + 1 }
        return bytes[position..<end]
    }

    /// The next line, a decimal number without leading zeros up to 2^63 - 1, after a prefix.
    mutating func number(
        _ expected: String, after prefix: String = ""
    ) throws(LogError) -> UInt64 {
        let line = try line(expected)
        guard line.starts(with: prefix.utf8),
            let number = LineReader.decimal(line.dropFirst(prefix.utf8.count))
        else { throw wrong(expected) }
        return number
    }

    /// The next line, a hash value in base64.
    mutating func hash(_ expected: String) throws(LogError) -> HashValue {
        let line = try line(expected)
        guard line.count == 44, let decoded = Base64.standard.decode(utf8: line),
            let hash = HashValue(bytes: decoded)
        else { throw wrong(expected) }
        return hash
    }

    /// Hash values, one a line, up to an empty line, which is read too.
    mutating func hashes(upTo limit: Int) throws(LogError) -> [HashValue] {
        var hashes: [HashValue] = []
        while position < bytes.endIndex, bytes[position] != 0x0A {
            guard hashes.count < limit else { throw .tooManyHashes(format, limit: limit) }
            hashes.append(try hash("a hash of 32 bytes in base64"))
        }
        _ = try line("an empty line")
        return hashes
    }

    func wrong(_ expected: String) -> LogError {
        .wrongLine(format, line: number, expected: expected)
    }

    /// The number that decimal digits without leading zeros write, up to 2^63 - 1.
    static func decimal(_ digits: some Collection<UInt8>) -> UInt64? {
        guard let first = digits.first, digits.count <= 19,
            first != UInt8(ascii: "0") || digits.count == 1
        else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return number <= UInt64(Int64.max) ? number : nil
    }
}

extension String {
    /// Whether both are the same bytes; `==` would take normalisations for equal.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
