internal import Encoding

/// Presentations that a holder shows together, in answer to one request
/// (`Protocol/presentation.md § Presentation file`).
///
/// Each is a credential file of its own; nothing in it says that they are about one person.
public struct PresentationFile: Hashable, Sendable {
    public let files: [CredentialFile]

    public static let type = "presentation"
    public static let countLimit = 32
    public static let sizeLimit = 4 << 20

    /// - Precondition: 1 to `countLimit` files.
    public init(_ files: [CredentialFile]) {
        precondition(
            (1...PresentationFile.countLimit).contains(files.count),
            "a presentation file holds 1 to \(PresentationFile.countLimit) presentations")
        self.files = files
    }

    public init(parsing bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= PresentationFile.sizeLimit else {
            throw .tooLarge(.file, limit: PresentationFile.sizeLimit, found: bytes.count)
        }
        let values: [JSONValue]
        do throws(ParsingError) {
            let limits = JSONLimits(size: PresentationFile.sizeLimit, depth: 12)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            guard try reader.string("type") == PresentationFile.type else {
                throw .wrongForm(path: "type", expected: PresentationFile.type)
            }
            _ = try reader.integer("version", in: 1...1)
            values = try reader.array("files")
            guard (1...PresentationFile.countLimit).contains(values.count) else {
                throw .wrongForm(
                    path: "files", expected: "1 to \(PresentationFile.countLimit) presentations")
            }
            try reader.finish()
        } catch { throw .json(.file, error) }
        var files: [CredentialFile] = []
        for value in values { files.append(try CredentialFile(parsing: value.serialized)) }
        self.files = files
    }

    /// The bytes to hand over: of one presentation its credential file, of several all.
    public var serialized: [UInt8] {
        if files.count == 1 { return files[0].serialized }
        let object: JSONObject = [
            "type": .string(PresentationFile.type), "version": 1,
            "files": .array(files.map { .object($0.object) }),
        ]
        return Array(JSONValue.object(object).indented.utf8)
    }
}
