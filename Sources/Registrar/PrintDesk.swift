import Credentials
public import Encoding
public import Language
public import Records
import Registry

/// Puts together what stands on a printed certificate: the paper credential from the records,
/// the names from the log.
///
/// `Protocol/paper.md § Print`. Names are the accreditor's and the root's, never the issuer's own.
public struct PrintDesk: Sendable {
    private let office: Office
    private let records: RecordStore
    /// What the log says about an issuer and a qualification: a year of awards asks about few.
    private var states: [Set<String>: LogState] = [:]

    public init(office: Office, records: RecordStore) {
        self.office = office
        self.records = records
    }

    /// The sheet for one record, of an award or of its paper.
    ///
    /// - Parameter languages: their tags; none: those in which the qualification has a title and
    ///   the catalogue has texts, the first of them and English.
    /// - Throws: `RegistrarError.noPaper` if no paper credential of it stands in the log.
    public mutating func sheet(
        of id: RecordID, in languages: [String], at now: Timestamp
    ) throws -> CertificateSheet {
        let record = try paper(of: id)
        guard case .award(let award) = try IssuedCredential(parsing: record.credential) else {
            throw RegistrarError.notForPaper(id.description, reason: "it is no award")
        }
        let state = try state(about: [award.qualification, award.issuer], at: now)
        let accreditation = state.accreditations(of: award.issuer).last {
            $0.accreditation.covers(award.qualification, on: award.awarded)
        }
        let qualification = state.qualifications(award.qualification)
            .last { $0.qualification.version == award.version }?.qualification
        let facts = CertificateFacts(
            name: award.name, birthYear: award.birthYear, version: award.version,
            units: award.units, awarded: award.awarded, validUntil: award.validUntil,
            isArchiveConfirmation: award.archive != nil, isSample: office.card.isSample,
            countryCode: award.country, record: id.description,
            code: try PaperCode(record.file).text)
        let titles = qualification?.titles
        let tags = languages.isEmpty ? PrintDesk.languages(of: titles) : languages
        return CertificateSheet(facts, in: tags.compactMap { Catalogue(tag: $0) }) { tag in
            CertificateFacts.Names(
                country: state.country?.names.text(in: [tag]) ?? award.country,
                accreditor: accreditation.map {
                    state.name(of: $0.accreditor, in: [tag]) ?? $0.accreditor
                } ?? award.country,
                body: accreditation?.accreditation.names.text(in: [tag]) ?? award.issuer,
                qualification: titles?.text(in: [tag]) ?? award.qualification)
        }
    }

    /// The records of awards that have paper, all or those of one batch of awards; and how many in
    /// a batch that still hold have none.
    public func printable(
        _ listing: RecordListing
    ) throws -> (printable: [RecordID], withoutPaper: Int) {
        var found: [RecordID] = []
        var bare: Set<RecordID> = []
        var papers: Set<RecordID> = []
        var last: Int64 = 0
        while true {
            let page = try records.summaries(listing, after: last)
            guard let end = page.last else {
                let awards = try bare.subtracting(papers).count { id in
                    let record = try records.record(id)
                    guard case .award = try IssuedCredential(parsing: record.credential) else {
                        return false
                    }
                    return true
                }
                return (found, awards)
            }
            last = end.number
            for record in page where !record.isErased {
                let own = try records.papers(of: record.id)
                papers.formUnion(own.map(\.id))
                if try records.standingPaper(of: record.id) != nil {
                    found.append(record.id)
                } else if record.batch != nil,
                    try records.statusLists.status(of: record.status) == .valid
                {
                    bare.insert(record.id)
                }
            }
        }
    }

    private mutating func state(
        about subjects: Set<String>, at now: Timestamp
    ) throws -> LogState {
        if let known = states[subjects] { return known }
        let state = try office.state(about: subjects, at: now)
        states[subjects] = state
        return state
    }

    private func paper(of id: RecordID) throws -> Record {
        if let paper = try records.standingPaper(of: id) { return try records.record(paper.id) }
        let own = try records.record(id)
        // The id of a paper itself: its credential keeps nothing back.
        guard own.batch != nil, own.isPaper,
            try records.statusLists.status(of: own.status) == .valid
        else { throw RegistrarError.noPaper(id.description) }
        return own
    }

    private static func languages(of titles: LocalizedText?) -> [String] {
        let known = Set(LanguageTag.known.map(\.language))
        let own = titles?.byLanguage.keys.filter { $0 != "en" && known.contains($0) }.min()
        return ["en"] + [own].compactMap { $0 }
    }
}
