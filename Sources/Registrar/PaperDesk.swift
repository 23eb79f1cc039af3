import Credentials
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
        var asked: [(id: RecordID, paper: RecordID, award: QualificationCredential)] = []
        for id in ids where try records.standingPaper(of: id) == nil {
            let last = try records.papers(of: id).last?.id ?? id
            asked.append((id, last.paper, try award(of: id)))
        }
        let fitting = try await Cores.map(asked.map(\.award)) { award, generator in
            try fits(award, using: &generator)
        }
        let tooLong = zip(asked, fitting).filter { !$1 }.map(\.0.id)
        let wanted = zip(asked, fitting).filter { $1 }.map { (id: $0.0.paper, award: $0.0.award) }
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
        _ = try await Cores.map(issued.files) { file, _ in
            let code = try PaperCode(file)
            guard try PaperCode(parsing: code.text.utf8).file == file else {
                throw RegistrarError.ownOutputRejected("its code does not read back")
            }
        }
        return Issued(issued: ids.count - tooLong.count, entry: issued.entry, tooLong: tooLong)
    }

    /// Issues what is missing for the awards of a batch, in parts that are logged one after the
    /// other: what was interrupted goes on when it is asked for again.
    ///
    /// - Parameter count: how many awards it has, for the progress.
    public func issue(
        forBatch entry: UInt64, of count: Int, at now: Timestamp,
        progress: (ImportProgress) -> Void
    ) async throws -> Issued {
        let listing = RecordListing.batch(
            origin: awards.desk.office.card.pin.origin, entry: entry)
        var all = Issued(issued: 0, entry: nil, tooLong: [])
        var after: Int64 = 0
        var done = 0
        while true {
            let part = try records.summaries(listing, after: after, limit: AwardBatch.paperLimit)
            guard let last = part.last else { return all }
            after = last.number
            let standing = try part.filter { record in
                try !record.isErased && records.statusLists.status(of: record.status) == .valid
            }
            let made = try await issue(for: standing.map(\.id), at: now)
            all = Issued(
                issued: all.issued + made.issued, entry: all.entry ?? made.entry,
                tooLong: all.tooLong + made.tooLong)
            done += part.count
            progress(ImportProgress(.paper, done: done, of: max(count, done), rows: done))
        }
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
    private func fits(
        _ award: QualificationCredential, using generator: inout PooledGenerator
    ) throws -> Bool {
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
