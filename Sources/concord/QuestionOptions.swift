import ArgumentParser
import Encoding
import Recognition
import Registry
import Verification

/// For which country, purpose and target the worth is asked.
struct QuestionOptions: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: "The country in which it is to count, such as DE; without it, authenticity alone.")
    var destination: String?

    @Option(
        help: """
            What it is to count for: \
            \(Purpose.allCases.map(\.rawValue).joined(separator: ", ")). Default: employ.
            """)
    var purpose: String?

    @Option(help: "The occupation, as a code of ISCO-08; default: the qualification's own.")
    var occupation: String?

    @Option(
        name: .customLong("target-qualification"),
        help: "The qualification with which it is to be compared, such as de.anlagenmechaniker.")
    var targetQualification: String?

    @Option(help: "The framework whose levels are asked about, such as fw.de, for level.")
    var framework: String?

    @Option(help: "The scheme of a visa or exit clearance, as its statement names it.")
    var scheme: String?

    @Option(help: "The sector, where regulation differs by sector.")
    var sector: String?

    @Option(
        help: """
            The day for which the worth is asked, such as the first day of work; default: today. \
            What is known is of today in any case.
            """)
    var date: String?

    @Option(
        help: """
            A fact about the holder that you have seen proved, as name=value: nationality=PH, \
            refugee=true. Can be repeated. What is not stated is asked for, never guessed.
            """)
    var fact: [String] = []

    func validate() throws {
        for text in fact { try QuestionOptions.checkFact(text) }
        if let date, CalendarDate(parsing: date) == nil {
            throw ValidationError("expected a date such as 2026-11-23, found \(date)")
        }
        try QuestionOptions.check(
            destination: destination, purpose: purpose, occupation: occupation, sector: sector,
            targetQualification: targetQualification)
        for (name, value) in [("framework", framework), ("scheme", scheme)] {
            if let value { try QuestionOptions.checkName(value, of: name, such: "fw.de") }
        }
        // What is asked for and then left out would look like an answer to it.
        let idle = [
            ("purpose", purpose), ("occupation", occupation), ("sector", sector),
            ("target-qualification", targetQualification), ("framework", framework),
            ("scheme", scheme), ("date", date), ("fact", fact.first),
        ].filter { $0.1 != nil }.map { "--\($0.0)" }
        guard destination != nil || idle.isEmpty else {
            throw ValidationError(
                "\(idle.joined(separator: ", ")) \(idle.count == 1 ? "needs" : "need") --for: worth "
                    + "has an answer in a country only")
        }
    }

    /// Refuses what no question could be made of.
    static func check(
        destination: String?, purpose: String?, occupation: String?, sector: String? = nil,
        targetQualification: String? = nil
    ) throws {
        if let sector { try checkName(sector, of: "sector", such: "health") }
        if let targetQualification {
            try checkName(
                targetQualification, of: "target-qualification", such: "de.anlagenmechaniker")
        }
        if let occupation { try checkOccupation(occupation) }
        if let purpose, Purpose(rawValue: purpose) == nil {
            let known = Purpose.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("expected a purpose out of \(known), found \(purpose)")
        }
        if let destination { try checkPlace(destination) }
    }

    /// Refuses what is no code of ISCO-08: one to four digits, of a group or an occupation.
    static func checkOccupation(_ code: String) throws {
        guard (1...4).contains(code.utf8.count),
            code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            throw ValidationError(
                "expected an occupation as a code of ISCO-08 such as 7212, found \(code)")
        }
    }

    /// Ids are visible ASCII without spaces (`Protocol/entry.md § Form`).
    private static func checkName(
        _ text: String, of option: String, such example: String
    ) throws {
        guard (1...200).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw ValidationError(
                "expected --\(option) as a name such as \(example), found \"\(text)\"")
        }
    }

    /// Refuses what is no fact: a name in small letters and a value; of a nationality a country.
    static func checkFact(_ text: String) throws {
        guard let fact = fact(text), let first = fact.name.utf8.first,
            (0x61...0x7A).contains(first),
            fact.name.utf8.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
            })
        else {
            throw ValidationError(
                "expected a fact as name=value, the name in small letters, found \(text)")
        }
        if fact.name == "nationality", !CountryCode.isKnown(fact.value.string ?? "") {
            throw ValidationError(
                "expected a nationality as a country of ISO 3166-1 such as PH, found \(text)")
        }
    }

    /// Refuses what is no country, nor written as a part of one.
    static func checkPlace(_ place: String) throws {
        let parts = place.split(separator: "-", omittingEmptySubsequences: false)
        guard let country = parts.first, CountryCode.isKnown(String(country)), parts.count <= 2,
            parts.count == 1 || (1...3).contains(parts[1].utf8.count),
            parts.dropFirst().allSatisfy({ part in
                part.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
            })
        else {
            throw ValidationError(
                "expected a country of ISO 3166-1 such as DE, or a part of one such as CA-QC, found "
                    + place)
        }
    }

    var question: VerificationQuestion {
        var values: [String: String] = [:]
        values["occ"] = occupation
        values["qual"] = targetQualification
        values["sector"] = sector
        values["fw"] = framework
        values["scheme"] = scheme
        return VerificationQuestion(
            destination: destination,
            purpose: destination == nil
                ? nil : purpose.flatMap(Purpose.init(rawValue:)) ?? .employ,
            target: Target(values),
            facts: QuestionOptions.facts(fact),
            day: date.flatMap(CalendarDate.init(parsing:)))
    }

    /// Facts that were checked: the last of each name.
    static func facts(_ texts: [String]) -> JSONObject {
        JSONObject(texts.compactMap(fact).uniqued)
    }

    /// A name and its value: true and false are truths, everything else is a text.
    static func fact(_ text: String) -> JSONObject.Member? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        switch parts[1] {
        case "true": return JSONObject.Member(parts[0], .bool(true))
        case "false": return JSONObject.Member(parts[0], .bool(false))
        default: return JSONObject.Member(parts[0], .string(parts[1]))
        }
    }
}

extension [JSONObject.Member] {
    /// The last of each name.
    fileprivate var uniqued: [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        for member in self {
            members.removeAll { $0.isNamed(member.name) }
            members.append(member)
        }
        return members
    }
}
