import Encoding

/// Everything that stands on a printed certificate, in its languages, as the printer gets it.
///
/// `Protocol/paper.md § Print`. Made of facts and catalogues; read back by the process that
/// draws it.
public struct CertificateSheet: Hashable, Sendable {
    /// All texts of one language.
    public struct Texts: Hashable, Sendable {
        public let language: String
        public let direction: Translation.Direction
        public let title: String
        public let country: String
        public let accredited: String
        public let body: String
        public let certifies: String
        public let born: String
        public let awarded: String
        public let qualification: String
        public let by: String
        /// Version, units, archive confirmation, dates: a line each.
        public let details: [String]
        public let how: String
        public let check: String
        public let compare: String
        public let record: String
        /// That it is a sample, that nobody reviewed the texts.
        public let notices: [String]
    }

    public let countryCode: String
    public let name: String
    public let code: String
    public let isSample: Bool
    /// One language or several; the first is the largest.
    public let texts: [Texts]

    /// - Parameter names: what the registry calls things in the language of a tag.
    public init(
        _ facts: CertificateFacts, in catalogues: [Catalogue],
        names: (String) -> CertificateFacts.Names
    ) {
        countryCode = facts.countryCode
        name = facts.name
        code = facts.code
        isSample = facts.isSample
        texts = catalogues.map { Texts(facts, names($0.translation.tag), $0) }
    }
}

extension CertificateSheet.Texts {
    /// The command that checks a certificate, the same in every language.
    private static let command = Message.Argument.text("concord verify")

    init(_ facts: CertificateFacts, _ names: CertificateFacts.Names, _ catalogue: Catalogue) {
        func text(_ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) -> String {
            catalogue.text(of: Message(key, arguments))
        }
        language = catalogue.translation.tag
        direction = catalogue.translation.direction
        title = text(.printTitle)
        country = names.country
        accredited = text(.printAccredited, ["accreditor": .text(names.accreditor)])
        body = names.body
        certifies = text(.printCertifies)
        born = text(.printBorn, ["year": .number(facts.birthYear)])
        awarded = text(.printAwarded)
        qualification = names.qualification
        by = text(.printBy, ["body": .text(names.body)])
        var details = [text(.printOn, ["date": .date(facts.awarded)])]
        if let until = facts.validUntil {
            details.append(text(.printUntil, ["date": .date(until)]))
        }
        details.append(text(.printVersion, ["version": .text(facts.version)]))
        if let units = facts.units {
            details.append(
                text(.printUnits, ["units": .list(units.map(Message.Argument.text), .comma)]))
        }
        if facts.isArchiveConfirmation { details.append(text(.subjectArchive)) }
        self.details = details
        how = text(.printHow)
        check = text(.printCheck, ["command": Self.command])
        compare = text(.printCompare)
        record = text(.printRecord, ["id": .text(facts.record)])
        notices = (facts.isSample ? [text(.noticeSample)] : []) + catalogue.notices
    }
}
