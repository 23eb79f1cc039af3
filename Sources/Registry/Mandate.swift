public import Encoding

/// The competence of an authority: which acts, for what, where, and when.
///
/// `Protocol/entry.md § Kinds`, `recognition.md` 1.4. Granted by the root of the log.
public struct Mandate: Hashable, Sendable {
    public enum Competence: String, CaseIterable, Sendable {
        case award, register, accredit, recognise, advise, reference, license, alert
    }

    /// The competences with which an authority states something about one person.
    static let personal: Set<Competence> = [
        .recognise, .register, .license, .alert, .advise, .reference,
    ]

    public let authority: String
    public let names: LocalizedText
    public let competences: Set<Competence>
    /// Patterns over ids of qualifications and frameworks and over `isco:` codes.
    public let scope: [Pattern]
    public let territory: [String]
    /// Purposes of recognition; nil: all.
    public let purposes: [String]?
    public let period: Period
    /// How many keys of the authority must sign an act under it: four eyes are 2.
    public let signatures: Int64
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        authority = try reader.string("authority")
        names = try LocalizedText(reading: &reader, "names")
        var competences: Set<Competence> = []
        for word in try reader.strings("acts") {
            guard let competence = Competence(rawValue: word) else {
                let known = Competence.allCases.map(\.rawValue).joined(separator: ", ")
                throw .wrongForm(path: reader.child("acts"), expected: "words out of \(known)")
            }
            competences.insert(competence)
        }
        self.competences = competences
        scope = try reader.strings("scope").map(Pattern.init)
        territory = try reader.strings("territory")
        purposes = try reader.optionalStrings("purposes")
        period = try Period(reading: &reader)
        signatures = try reader.optionalInteger("signatures", in: 1...8) ?? 1
        basis = try Basis(optional: &reader)
    }

    /// Whether the mandate allows that act about all of the subjects, in that place and for
    /// those purposes, on that day.
    ///
    /// - Parameters:
    ///   - place: the code of a country or a part of one; nil where the act has no place.
    ///   - purposes: of a recognition; none for other acts.
    public func allows(
        _ competence: Competence, about subjects: [String], in place: String? = nil,
        for purposes: [String] = [], on day: CalendarDate
    ) -> Bool {
        guard competences.contains(competence), period.contains(day), !subjects.isEmpty else {
            return false
        }
        let isWithinTerritory =
            place.map { place in
                territory.contains { place == $0 || place.utf8.starts(with: "\($0)-".utf8) }
            } ?? true
        let isForPurposes = self.purposes.map { Set($0).isSuperset(of: purposes) } ?? true
        return isWithinTerritory && isForPurposes
            && subjects.allSatisfy { subject in scope.contains { $0.matches(subject) } }
    }
}

/// A name with `*` for any stretch of characters: `ph.smaw-*`.
public struct Pattern: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// Whether the whole name fits; linear in the name for each star.
    public func matches(_ name: String) -> Bool {
        // Most patterns are plain names.
        if text.utf8.elementsEqual(name.utf8) { return true }
        guard text.utf8.contains(UInt8(ascii: "*")) else { return false }
        let pattern = Array(text.utf8)
        let name = Array(name.utf8)
        let star = UInt8(ascii: "*")
        var position = 0
        var index = 0
        var retry: (pattern: Int, name: Int)?
        while index < name.count {
            if position < pattern.count, pattern[position] == star {
                retry = (position + 1, index)
                position += 1
            } else if position < pattern.count, pattern[position] == name[index] {
                position += 1
                index += 1
            } else if let last = retry {
                position = last.pattern
                index = last.name + 1
                retry = (last.pattern, index)
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy { $0 == star }
    }
}
