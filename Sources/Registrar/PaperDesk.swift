public import Credentials
public import Cryptography
public import Encoding
import Issuance
public import Records
import Registry

/// Issues paper credentials for awards that are recorded already.
///
/// `Protocol/paper.md § Credential`. Each has a record, a leaf and a place on the status list of
/// its own; they are signed by the rules of the day, as the award was.
public struct PaperDesk: Sendable {
    /// What became of the awards that were asked about.
    public struct Issued: Sendable {
        /// The awards that have paper now, those that had it before included.
        public let issued: Int
        /// The place of the first batch that was made; nil: none was needed.
        public let entry: UInt64?
        /// The records whose award says too much for a code of `PaperCode.byteLimit` bytes.
        public let tooLong: [RecordID]
    }

    /// What to tell about records whose award does not fit.
    public static func explanation(of tooLong: [RecordID]) -> String {
        "too much to say for a code of \(PaperCode.byteLimit) bytes, so that there is no paper "
            + "certificate: \(tooLong.map(\.description).joined(separator: ", "))"
    }

    private let awards: AwardDesk
    private let records: RecordStore
    private let key: SigningKey

    public init(office: Office, records: RecordStore, key: SigningKey, body: String) throws {
        awards = try AwardDesk(office: office, records: records, key: key, body: body)
        self.records = records
        self.key = key
    }

    /// Issues what is missing for the records of those ids.
    ///
    /// - Throws: `RegistrarError` for the first award that this body may not issue today, that no
    ///   longer holds, or that is no award.
    public func issue(for ids: [RecordID], at now: Timestamp) async throws -> Issued {
        var wanted: [(id: RecordID, award: QualificationCredential)] = []
        var tooLong: [RecordID] = []
        for id in ids where try records.standingPaper(of: id) == nil {
            let award = try award(of: id)
            let last = try records.papers(of: id).last?.id ?? id
            if try fits(award) { wanted.append((last.paper, award)) } else { tooLong.append(id) }
        }
        guard !wanted.isEmpty else {
            return Issued(issued: ids.count - tooLong.count, entry: nil, tooLong: tooLong)
        }
        try awards.requireAccreditation(
            for: wanted.map { AwardRequest($0.award, keeping: JSONObject()) }, at: now)
        let issued = try await awards.desk.issue(
            wanted.count,
            .init(ids: wanted.map(\.id), batchLimit: AwardBatch.paperLimit, isOpen: true), at: now
        ) { places in
            zip(wanted, places).map { .award($0.award.onPaper(status: $1)) }
        }
        // The last look before anything is printed: each code reads back as what was signed.
        for file in issued.files {
            let code = try PaperCode(file)
            guard try PaperCode(parsing: code.text.utf8).file == file else {
                throw RegistrarError.ownOutputRejected("its code does not read back")
            }
        }
        return Issued(issued: ids.count - tooLong.count, entry: issued.entry, tooLong: tooLong)
    }

    private func award(of id: RecordID) throws -> QualificationCredential {
        let record = try records.record(id)
        guard record.batch != nil,
            case .award(let award) = try IssuedCredential(parsing: record.credential)
        else { throw RegistrarError.notForPaper(id.description, reason: "it is no logged award") }
        guard award.issuer == awards.desk.issuer else {
            throw RegistrarError.notForPaper(
                id.description, reason: "\(award.issuer) issued it, and not \(awards.desk.issuer)")
        }
        guard try records.statusLists.status(of: record.status) == .valid else {
            throw RegistrarError.notForPaper(id.description, reason: "it no longer holds")
        }
        return award
    }

    /// Whether its code will be small enough, with the longest path and the greatest numbers.
    private func fits(_ award: QualificationCredential) throws -> Bool {
        var generator = SystemRandomNumberGenerator()
        let list = StatusListName.current(
            of: awards.desk.issuer, network: awards.desk.office.card.pin.origin)
        let place = StatusReference(uri: list, index: StatusListLedger.slotCount - 1)
        let signed = try IssuedCredential.award(award.onPaper(status: place))
            .issued(isOpen: true, by: key, using: &generator)
        let depth = Int.bitWidth - (AwardBatch.paperLimit - 1).leadingZeroBitCount
        let path = BatchPath(
            origin: awards.desk.office.card.pin.origin, entryIndex: 1 << 40,
            leafIndex: UInt64(AwardBatch.paperLimit - 1),
            hashes: (0..<depth).map { HashValue(of: [UInt8($0)]) })
        do throws(CredentialError) {
            _ = try PaperCode(CredentialFile(credential: signed, batch: path))
        } catch {
            if case .tooLarge = error { return false }
            throw error
        }
        return true
    }
}

extension RecordStore {
    /// The paper credential of an award that is in the log and still holds.
    func standingPaper(of id: RecordID) throws -> RecordSummary? {
        try papers(of: id).last { paper in
            guard paper.batch != nil, !paper.isErased else { return false }
            return try statusLists.status(of: paper.status) == .valid
        }
    }
}
