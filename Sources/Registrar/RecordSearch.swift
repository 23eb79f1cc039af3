public import Credentials
import Encoding
public import Records
import Registry

/// Finds records by what they say: claims of the certificate, and what the registrar keeps beside.
///
/// `Protocol/records.md § Search`. Every record is opened for it: an index of what records say, even
/// a keyed one, would tell whoever copies the file which values are equal, and would outlive an
/// erasure in every backup.
public struct RecordSearch: Sendable {
    public struct Found: Sendable {
        public let record: Record
        public let credential: IssuedCredential
        public let status: Status
    }

    private let wanted: [(name: String, pattern: Pattern)]

    /// - Parameter fields: names of claims or of kept fields, and what they must be: letters count
    ///   without regard to their case, and `*` stands for any stretch. All must fit.
    public init(_ fields: [(name: String, text: String)]) {
        wanted = fields.map { ($0.name, Pattern($0.text.lowercased())) }
    }

    /// - Parameter progress: is told how many records were opened, of how many.
    public func find(
        in records: RecordStore, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> [Found] {
        var found: [Found] = []
        var after: Int64? = 0
        var done = 0
        let total = try records.count()
        while let number = after {
            let (page, next) = try records.scan(after: number)
            // Paper says nothing that its award does not say.
            for (_, record) in page where !record.isPaper {
                guard let credential = try? IssuedCredential(parsing: record.credential),
                    fits(record, credential)
                else { continue }
                found.append(
                    Found(
                        record: record, credential: credential,
                        status: try records.statusLists.status(of: record.status)))
            }
            done += page.count
            progress(done, total)
            after = next
        }
        return found
    }

    private func fits(_ record: Record, _ credential: IssuedCredential) -> Bool {
        let claims = credential.claims
        return wanted.allSatisfy { name, pattern in
            let values = [claims[name], kept(record, name)].compactMap { $0 }
            return values.flatMap(RecordSearch.texts).contains { pattern.matches($0.lowercased()) }
        }
    }

    /// Headings count without regard to the case of their letters, as in a template.
    private func kept(_ record: Record, _ name: String) -> JSONValue? {
        record.kept.members.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .integer(let number): [String(number)]
        case .array(let elements): elements.flatMap(texts)
        default: []
        }
    }
}
