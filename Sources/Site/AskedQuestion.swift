internal import Encoding
internal import Pages
internal import Recognition
internal import Registry
internal import Verification

/// A question as people or programs state it, refused where it is none: what is left out of an
/// answer because it did not read would be an answer to another question.
struct AskedQuestion {
    let question: VerificationQuestion

    /// - Parameter statuses: the facts about a person that statements at hand ask for.
    init(
        destination: String?, purpose: String?, target: [String: String] = [:],
        facts: JSONObject = JSONObject(), statuses: Set<String> = []
    ) throws(SiteProblem) {
        guard let destination else {
            let beside = [
                ("purpose", purpose == nil), ("target", target.isEmpty), ("facts", facts.isEmpty),
            ]
            for (name, isAbsent) in beside where !isAbsent {
                throw .wrong(
                    "destination", expected: "a country such as DE, for which the \(name) counts",
                    found: "none")
            }
            question = VerificationQuestion(destination: nil, purpose: nil)
            return
        }
        guard AskedQuestion.isPlace(destination) else {
            throw .wrong(
                "destination", expected: "a country such as DE or a part of one such as CA-QC",
                found: destination)
        }
        for (name, value) in target.sorted(by: { $0.key < $1.key }) {
            try AskedQuestion.check(target: name, value)
        }
        for fact in facts.members { try AskedQuestion.check(fact: fact, among: statuses) }
        question = VerificationQuestion(
            destination: destination, purpose: try AskedQuestion.purpose(purpose),
            target: Target(target), facts: facts)
    }

    static func isPlace(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte) }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        guard let country = parts.first, country.count == 2, country.allSatisfy(isLetter) else {
            return false
        }
        guard parts.count > 1 else { return true }
        return parts.count == 2 && (1...3).contains(parts[1].count)
            && parts[1].allSatisfy { isLetter($0) || isDigit($0) }
    }

    /// Ids are visible ASCII without spaces (`Protocol/entry.md § Form`).
    static func isName(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    static func isOccupation(_ text: String) -> Bool {
        (1...4).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    static func purpose(_ stated: String?) throws(SiteProblem) -> Purpose {
        guard let stated else { return .employ }
        guard let purpose = Purpose(rawValue: stated) else {
            let known = Purpose.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrong("purpose", expected: "one of \(known)", found: stated)
        }
        return purpose
    }

    static func check(target name: String, _ value: String) throws(SiteProblem) {
        guard Target.members.contains(name) else {
            throw .wrong(
                "target", expected: "members out of \(Target.members.joined(separator: ", "))",
                found: name)
        }
        guard isName(value) else {
            throw .wrong("target.\(name)", expected: "an id without spaces", found: value)
        }
        guard name != "occ" || isOccupation(value) else {
            throw .wrong(
                "target.occ", expected: "a code of ISCO-08 such as 7212", found: value)
        }
    }

    /// - Throws: without what was found: it is about a person.
    private static func check(
        fact: JSONObject.Member, among statuses: Set<String>
    ) throws(SiteProblem) {
        if fact.name == "nationality" {
            let codes = fact.value.array ?? [fact.value]
            guard (1...8).contains(codes.count),
                codes.allSatisfy({ $0.string.map { $0.utf8.count == 2 && isPlace($0) } ?? false })
            else {
                throw .malformed(
                    "expected a country such as PH, or an array of them, at facts.nationality")
            }
            return
        }
        guard statuses.contains(fact.name) else {
            let known = ["nationality"] + statuses.sorted().prefix(20)
            throw .wrong(
                "facts",
                expected: "facts that a statement at hand asks for: "
                    + known.joined(separator: ", "), found: fact.name)
        }
        switch fact.value {
        case .bool, .string, .integer: return
        default: throw .malformed("expected true, false, a text or a number at facts.\(fact.name)")
        }
    }
}

extension Atlas {
    /// The facts about a person for which statements in the logs at hand ask by name.
    var statuses: Set<String> {
        var names: Set<String> = []
        for standing in logs.flatMap(\.acts) {
            let provision: Provision
            switch standing.act {
            case .equivalence(let act): provision = act.provision
            case .instrument(let act): provision = act.provision
            default: continue
            }
            for predicate in provision.entry + provision.conditions.flatMap(\.anyOf)
            where predicate.kind == "status" {
                if let name = predicate.members["key"]?.string { names.insert(name) }
            }
        }
        return names
    }
}
