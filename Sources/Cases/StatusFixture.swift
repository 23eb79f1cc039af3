import Encoding
import Recognition

/// A status event of a case file: about one statement, or about all that a selector picks.
enum StatusFixture {
    static func event(
        _ reader: inout FixtureReader, _ authorship: Authorship
    ) throws(CaseError) -> StatementEvent {
        let word = try reader.string("kind")
        guard let kind = StatementEvent.Kind(rawValue: word) else {
            let known = StatementEvent.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .form(
                .wrongForm(path: "\(reader.path).kind", expected: "a word out of \(known)"))
        }
        return StatementEvent(
            authorship, kind: kind, target: try target(&reader),
            since: try reader.date("since"),
            isRetroactive: try reader.optionalBool("retro") ?? false,
            condition: try reader.optionalString("condition"))
    }

    private static func target(
        _ reader: inout FixtureReader
    ) throws(CaseError) -> StatementEvent.Target {
        guard case .object(let object)? = reader.value("target") else {
            return .statement(try reader.string("target"))
        }
        var selector = try FixtureReader(.object(object), at: "\(reader.path).target")
        let target = StatementEvent.Target.selector(
            StatementEvent.Selector(
                body: try selector.optionalString("body"),
                site: try selector.optionalString("site"),
                qualification: try selector.optionalString("qual"),
                from: try selector.optionalDate("from"), until: try selector.optionalDate("to")))
        // A selector that says more than is understood could mean less than it seems to.
        if let unknown = selector.unknownMembers.first {
            throw .form(.unknownMember(path: "\(reader.path).target.\(unknown)"))
        }
        return target
    }
}
