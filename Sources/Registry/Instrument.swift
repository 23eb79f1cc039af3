public import Encoding

/// A treaty, agreement, directive, law or standard, as it binds in one place.
///
/// `Protocol/entry.md § Kinds`, `Protocol/recognition.md § Grounds`.
public struct Instrument: Hashable, Sendable {
    public enum Form: String, CaseIterable, Hashable, Sendable {
        case treaty, mra, directive, law, mou, bla, standard
    }

    /// Where and when it does not bind.
    public struct Derogation: Hashable, Sendable {
        public let jurisdiction: String
        /// An ISCO-08 code; nil: all.
        public let occupation: String?
        public let from: CalendarDate?
        public let until: CalendarDate?

        public func isInForce(on day: CalendarDate) -> Bool {
            (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
        }
    }

    public let id: String
    public let names: LocalizedText
    public let form: Form
    /// Where in the log's country it binds: the country or a part of it.
    public let jurisdictions: [String]
    public let provision: Provision
    /// Whether silence of the authority counts as its consent (X11).
    public let isDeemed: Bool
    /// Whether the restrictions of a registration travel with it.
    public let carriesRestrictions: Bool
    public let derogations: [Derogation]

    init(reading reader: inout MemberReader, isDraft: Bool = false) throws(ParsingError) {
        id = try reader.string("instrument")
        names = try LocalizedText(reading: &reader, "names")
        guard let form = Form(rawValue: try reader.string("type")) else {
            let known = Form.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrongForm(path: reader.child("type"), expected: "a word out of \(known)")
        }
        self.form = form
        jurisdictions = try Instrument.places(&reader)
        provision = try Provision(reading: &reader, isDraft: isDraft)
        isDeemed = try reader.optionalBool("deemed") ?? false
        // SPEC: silence counts only where receipt and lapse must be confirmed.
        guard !isDeemed || isDraft || provision.entry.contains(where: { $0.kind == "confirmation" })
        else {
            throw .wrongForm(
                path: reader.child("entry"),
                expected: "a confirmation predicate, because silence is to count")
        }
        carriesRestrictions = try reader.optionalBool("carryRestrictions") ?? false
        derogations = try Instrument.derogations(&reader)
        try Instrument.readParties(&reader)
    }

    private static func places(_ reader: inout MemberReader) throws(ParsingError) -> [String] {
        if case .string(let place)? = reader.optionalValue("jurisdiction") { return [place] }
        let places = try reader.strings("jurisdiction")
        guard !places.isEmpty else {
            throw .wrongForm(path: reader.child("jurisdiction"), expected: "one place at least")
        }
        return places
    }

    private static func derogations(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [Derogation] {
        guard reader.optionalValue("derogations") != nil else { return [] }
        var derogations: [Derogation] = []
        for var item in try reader.readers("derogations") {
            derogations.append(
                Derogation(
                    jurisdiction: try item.string("jurisdiction"),
                    occupation: try item.optionalString("occupation"),
                    from: try item.optionalDate("from"), until: try item.optionalDate("until")))
            try item.finish()
        }
        return derogations
    }

    /// Parties are information for people: what counts stands in the predicates.
    private static func readParties(_ reader: inout MemberReader) throws(ParsingError) {
        guard reader.optionalValue("parties") != nil else { return }
        for var party in try reader.readers("parties") {
            _ = try party.string("jurisdiction")
            _ = try party.optionalDate("since")
            _ = try party.optionalDate("until")
            try party.finish()
        }
    }

    var subjects: [String] {
        let found = jurisdictions.flatMap(provision.subjects(in:))
        var seen: Set<String> = [id]
        return [id] + found.filter { seen.insert($0).inserted }
    }
}
