import Encoding
import Testing

/// One file of `Nodes/<country>/acts`: an act before its id, origin and signatures.
struct SampleAct: CustomTestStringConvertible, Sendable {
    static let mark = "sample data; not issued by the authority it names"

    let path: String
    let country: String
    let kind: String
    let author: String
    let subjects: [String]
    let act: JSONObject

    var testDescription: String { path }

    init(path: String) throws {
        self.path = path
        country = String(path.split(separator: "/")[1])
        let limits = JSONLimits(size: 60_000, depth: 8)
        let value = try JSONValue(parsing: Checkout.bytes(of: path), limits: limits)
        var reader = try MemberReader(value, at: "")
        kind = try reader.string("kind")
        author = try reader.string("by")
        subjects = try reader.strings("subjects")
        act = try #require(try reader.value("act").object)
        try reader.finish()
    }

    /// All of them, those of one country in the order in which they are published.
    static func all() throws -> [SampleAct] {
        try Checkout.files(under: "Nodes", endingWith: ".json")
            .filter { $0.contains("/acts/") }
            .map { try SampleAct(path: $0) }
    }

    /// Those of one kind, of which there must be some.
    static func all(_ kind: String) throws -> [SampleAct] {
        let samples = try all().filter { $0.kind == kind }
        try #require(!samples.isEmpty)
        return samples
    }

    /// The codes of the units that a sample qualification lists.
    var unitCodes: [String] {
        (act["units"]?.array ?? []).compactMap { $0.object?["code"]?.string }
    }

    func reader() -> MemberReader { MemberReader(act, at: "act") }
}
