internal import Encoding

/// The members of a statement about a person, by its kind
/// (`Protocol/credential.md § Statements`).
///
/// Checked is the form: which members there are and what each is made of. What a target, a
/// condition or a purpose means is for those who decide with it.
struct StatementForm {
    private var reader: MemberReader

    /// - Parameter issued: the day of the credential, after which it can tell of nothing.
    static func check(
        _ statement: JSONObject, of kind: StatementCredential.Kind, issued: CalendarDate
    ) throws(ParsingError) {
        var form = StatementForm(reader: MemberReader(statement, at: "statement"))
        switch kind {
        case .decision: try form.decision(issued)
        case .evidence: try form.evidence(issued)
        case .alert: try form.alert()
        case .link: try form.text("basis")
        case .decisionEvent: try form.decisionEvent()
        }
        try form.reader.finish()
    }

    static func isID(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    // MARK: Kinds

    private mutating func decision(_ issued: CalendarDate) throws(ParsingError) {
        try name("jurisdiction")
        try occupation(isOptional: true)
        guard try reader.date("decided") <= issued else {
            throw .wrongForm(path: reader.child("decided"), expected: "a date not after `issued`")
        }
        try list("purposes", of: "names") { ClaimReader.isName($0) }
        try target()
        try word(
            "result",
            of: ["granted", "provisional", "conditional", "partial", "alternative", "refused"])
        for member in ["wording", "alternative", "basis"] { try text(member, isOptional: true) }
        for member in ["scope", "differences"] { try texts(member) }
        try conditions()
        try word("via", of: ["exam"], isOptional: true)
        for member in ["premise", "supersedes"] { try id(member, isOptional: true) }
        try list("basedOn", of: "ids of 32 hexadecimal digits", isOptional: true) {
            StatementForm.isID($0)
        }
        try uses()
        try expiry()
        try remedy()
    }

    /// Awards and tests on which it rests, by body, site and day: what a selector could void.
    private mutating func uses() throws(ParsingError) {
        guard reader.optionalValue("uses") != nil else { return }
        for var use in try reader.readers("uses") {
            for (member, isOptional) in [("body", false), ("site", true), ("qualification", true)] {
                if isOptional, use.optionalValue(member) == nil { continue }
                guard ClaimReader.isName(try use.string(member)) else {
                    throw .wrongForm(
                        path: use.child(member), expected: "1 to 200 visible ASCII characters")
                }
            }
            _ = try use.date("date")
            try use.finish()
        }
    }

    private mutating func evidence(_ issued: CalendarDate) throws(ParsingError) {
        let kind = try word("kind", of: EvidenceKind.allCases.map(\.rawValue))
        let isRegister = kind == "registration" || kind == "good-standing"
        let isExperience = kind == "experience"
        try name("name", isOptional: true)
        try occupation(isOptional: !isRegister)
        try name("jurisdiction", isOptional: !isRegister)
        try name("language", isOptional: kind != "language")
        for member in ["level", "site"] { try name(member, isOptional: true) }
        _ = try reader.optionalDate("date")
        try period(isStartOptional: !isExperience)
        if isExperience, try reader.date("until") > issued {
            throw .wrongForm(path: reader.child("until"), expected: "a date not after `issued`")
        }
        if reader.optionalValue("lawful") != nil { _ = try reader.bool("lawful") }
        try texts("restrictions")
    }

    private mutating func alert() throws(ParsingError) {
        try occupation()
        try name("jurisdiction")
        try word("kind", of: ["prohibited", "restricted"])
        try period(isStartOptional: false)
    }

    private mutating func decisionEvent() throws(ParsingError) {
        try id("decision")
        let event = try word(
            "event", of: ["condition-met", "appeal", "appeal-decided", "withdraw"])
        if event == "condition-met" { try name("condition") }
        _ = try reader.date("since")
    }

    // MARK: Members

    private mutating func isAbsent(_ member: String, _ isOptional: Bool) -> Bool {
        isOptional && reader.optionalValue(member) == nil
    }

    private mutating func name(
        _ member: String, isOptional: Bool = false
    ) throws(ParsingError) {
        if isAbsent(member, isOptional) { return }
        guard ClaimReader.isName(try reader.string(member)) else {
            throw .wrongForm(
                path: reader.child(member), expected: "1 to 200 visible ASCII characters")
        }
    }

    private mutating func text(
        _ member: String, isOptional: Bool = false
    ) throws(ParsingError) {
        if isAbsent(member, isOptional) { return }
        guard ClaimReader.isText(try reader.string(member), limit: 2_000) else {
            throw .wrongForm(path: reader.child(member), expected: "text of 1 to 2000 bytes")
        }
    }

    @discardableResult
    private mutating func word(
        _ member: String, of words: [String], isOptional: Bool = false
    ) throws(ParsingError) -> String? {
        if isAbsent(member, isOptional) { return nil }
        let word = try reader.string(member)
        guard words.contains(word) else {
            throw .wrongForm(
                path: reader.child(member), expected: "one of \(words.joined(separator: ", "))")
        }
        return word
    }

    private mutating func id(_ member: String, isOptional: Bool = false) throws(ParsingError) {
        if isAbsent(member, isOptional) { return }
        guard StatementForm.isID(try reader.string(member)) else {
            throw .wrongForm(
                path: reader.child(member), expected: "32 lowercase hexadecimal digits")
        }
    }

    private mutating func occupation(isOptional: Bool = false) throws(ParsingError) {
        if isAbsent("occupation", isOptional) { return }
        let code = try reader.string("occupation")
        guard (1...4).contains(code.utf8.count),
            code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            throw .wrongForm(
                path: reader.child("occupation"), expected: "a code of ISCO-08 such as 7212")
        }
    }

    private mutating func list(
        _ member: String, of what: String, isOptional: Bool = false,
        where isElement: (String) -> Bool
    ) throws(ParsingError) {
        if isAbsent(member, isOptional) { return }
        let elements = try reader.strings(member)
        guard (1...64).contains(elements.count), elements.allSatisfy(isElement) else {
            throw .wrongForm(path: reader.child(member), expected: "1 to 64 \(what)")
        }
    }

    private mutating func texts(_ member: String) throws(ParsingError) {
        try list(member, of: "texts of 1 to 2000 bytes", isOptional: true) {
            ClaimReader.isText($0, limit: 2_000)
        }
    }

    private mutating func period(isStartOptional: Bool) throws(ParsingError) {
        let since =
            isStartOptional ? try reader.optionalDate("since") : try reader.date("since")
        if let since, let until = try reader.optionalDate("until"), until < since {
            throw .wrongForm(path: reader.child("until"), expected: "a date not before `since`")
        }
        _ = try reader.optionalDate("until")
    }

    private mutating func target() throws(ParsingError) {
        guard case .object(let target) = try reader.value("target"),
            target.members.allSatisfy({ $0.value.string.map(ClaimReader.isName) ?? false })
        else {
            throw .wrongForm(
                path: reader.child("target"), expected: "an object of names, such as occ")
        }
    }

    private mutating func conditions() throws(ParsingError) {
        if isAbsent("conditions", true) { return }
        let conditions = try reader.array("conditions")
        guard (1...64).contains(conditions.count),
            conditions.allSatisfy({
                $0.object?["id"]?.string.map(ClaimReader.isName) ?? false
            })
        else {
            throw .wrongForm(
                path: reader.child("conditions"), expected: "1 to 64 objects, each with its id")
        }
    }

    private mutating func expiry() throws(ParsingError) {
        guard let value = reader.optionalValue("expires") else { return }
        guard case .object(let days) = value,
            days.members.allSatisfy({
                $0.value.string.flatMap(CalendarDate.init(parsing:)) != nil
            })
        else {
            throw .wrongForm(
                path: reader.child("expires"), expected: "an object with a date a purpose")
        }
    }

    private mutating func remedy() throws(ParsingError) {
        guard var remedy = try reader.optionalReader("remedy") else { return }
        guard ClaimReader.isText(try remedy.string("body"), limit: 2_000) else {
            throw .wrongForm(path: remedy.child("body"), expected: "text of 1 to 2000 bytes")
        }
        _ = try remedy.integer("days", in: 0...3_650)
        try remedy.finish()
    }
}
