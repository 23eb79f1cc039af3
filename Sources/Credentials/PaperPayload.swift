internal import Cryptography
internal import Encoding

/// The bytes of a paper code before they are written in its alphabet, in version 1.
///
/// `Protocol/paper.md § Payload`: signature, place in the log and path as they are, for they do
/// not compress; then origin, header and payload as one stream.
struct PaperPayload {
    let file: CredentialFile
    let serialized: [UInt8]

    /// What the compressed part may expand to.
    static let contentLimit = 16_384
    private static let signatureCount = 64
    private static let separator = UInt8(ascii: "\n")

    init(_ file: CredentialFile) throws(CredentialError) {
        let token = file.credential.issuerJWT
        guard file.credential.disclosures.isEmpty, file.credential.keyBinding == nil else {
            throw .notForPaper(expected: "a credential without disclosures and key binding")
        }
        guard let batch = file.batch else {
            throw .notForPaper(expected: "a credential whose batch is in a log")
        }
        guard token.signature.count == PaperPayload.signatureCount else {
            throw .notForPaper(expected: "a signature of \(PaperPayload.signatureCount) bytes")
        }
        guard
            let header = Base64.url.decode(
                utf8: token.compact.prefix { $0 != UInt8(ascii: ".") }),
            !header.contains(PaperPayload.separator)
        else { throw .notForPaper(expected: "a header without a line feed") }
        var bytes = token.signature
        PaperPayload.append(batch.entryIndex, to: &bytes)
        PaperPayload.append(batch.leafIndex, to: &bytes)
        bytes.append(UInt8(batch.hashes.count))
        for hash in batch.hashes { bytes.append(contentsOf: hash.bytes) }
        let content =
            Array(batch.origin.utf8) + [PaperPayload.separator] + header
            + [PaperPayload.separator] + token.payload
        guard content.count <= PaperPayload.contentLimit else {
            throw .tooLarge(.paperCode, limit: PaperPayload.contentLimit, found: content.count)
        }
        self.file = file
        serialized =
            bytes + PresetDeflate.compressed(content, dictionary: PaperDictionary.first)
    }

    init(parsing bytes: [UInt8]) throws(CredentialError) {
        var reader = Reader(rest: bytes[...])
        let signature = try reader.take(PaperPayload.signatureCount)
        let entry = try reader.number()
        let leaf = try reader.number()
        let count = Int(try reader.take(1).first ?? 0)
        guard count <= BatchPath.hashLimit else {
            throw .malformedPaperCode(expected: "at most \(BatchPath.hashLimit) hashes")
        }
        var hashes: [HashValue] = []
        for _ in 0..<count {
            guard let hash = HashValue(bytes: Array(try reader.take(HashValue.byteCount))) else {
                throw .malformedPaperCode(expected: "hashes of 32 bytes")
            }
            hashes.append(hash)
        }
        let limit = PaperPayload.contentLimit
        guard
            let content = PresetDeflate.expanded(
                Array(reader.rest), dictionary: PaperDictionary.first, limit: limit)
        else {
            throw .malformedPaperCode(
                expected: "one whole DEFLATE stream that expands to at most \(limit) bytes")
        }
        let parts = content.split(
            separator: PaperPayload.separator, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, BatchPath.isOrigin(parts[0]) else {
            throw .malformedPaperCode(expected: "an origin, a header and a payload")
        }
        let compact = [parts[1], parts[2], signature]
            .map { Base64.url.encode($0) }.joined(separator: ".")
        file = CredentialFile(
            credential: try SDJWT(parsing: Array("\(compact)~".utf8)),
            batch: BatchPath(
                origin: String(decoding: parts[0], as: UTF8.self), entryIndex: entry,
                leafIndex: leaf, hashes: hashes))
        serialized = bytes
    }

    /// Seven bits a byte, the lowest first; the top bit says that more follow.
    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Takes one piece after the other from the front.
private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ count: Int) throws(CredentialError) -> ArraySlice<UInt8> {
        guard rest.count >= count else {
            throw .malformedPaperCode(expected: "more bytes: it is cut")
        }
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    /// A number below 2^53 in its shortest form.
    mutating func number() throws(CredentialError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 56, by: 7) {
            let byte = try take(1).first ?? 0
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            guard byte & 0x80 == 0 else { continue }
            guard byte != 0 || shift == 0, value < 1 << 53 else { break }
            return value
        }
        throw .malformedPaperCode(expected: "a number below 2^53 in its shortest form")
    }
}
