public import Credentials
public import Cryptography
public import Encoding
import Foundation
internal import Issuance
public import Records
import Registry
import Storage
import TransparencyLog

/// Issues the awards of a checked spreadsheet as one batch: all of them or none.
///
/// `Protocol/template.md § Rows`. Order: rows are signed and recorded bit by bit, each with its row
/// number; when all are there the batch is signed and kept, then logged, then each record learns its
/// place. A crash at any point goes on there: what is recorded is not signed again, and the same
/// entry cannot stand in a log twice.
public struct ImportDesk: Sendable {
    private let office: Office
    private let records: RecordStore
    private let key: SigningKey
    private let signer: NoteSigner
    private let statuses: StatusDesk

    /// Rows that are signed and recorded together.
    private static let partSize = 1_024

    public init(office: Office, records: RecordStore, key: SigningKey, body: String) throws {
        self.office = office
        self.records = records
        self.key = key
        signer = try NoteSigner(name: body, key: key, algorithm: .ed25519)
        statuses = StatusDesk(
            office: office, ledger: records.statusLists, key: key, signer: signer)
    }

    private var body: String { signer.verifier.name }

    /// What was issued.
    public struct Issued: Sendable {
        public let importNumber: Int64
        /// The entry of the batch.
        public let entry: UInt64
        public let rows: Int
        /// Whether an earlier run had issued it.
        public let wasIssued: Bool
    }

    /// - Parameters:
    ///   - check: of this file, without faults.
    ///   - holderKey: as for the check.
    public func issue(
        _ file: ImportFile, _ check: ImportCheck, at now: Timestamp,
        holderKey: (String) -> JSONWebKey?, progress: (ImportProgress) -> Void = { _ in }
    ) async throws -> Issued {
        precondition(check.isGood, "an import is issued after a check without faults")
        let known = try records.imports.find(check.id)
        if let known, let place = known.place, try isComplete(known) {
            return Issued(
                importNumber: known.number, entry: place, rows: known.rows, wasIssued: true)
        }
        let item = try known ?? begin(check)
        if item.entry == nil {
            try await record(file, check, item, at: now, holderKey, progress)
            try keepEntry(of: item, check, at: now)
        }
        let place = try await log(item, check, at: now)
        try await release(item, place, progress)
        return Issued(
            importNumber: item.number, entry: place, rows: item.rows, wasIssued: false)
    }

    private func begin(_ check: ImportCheck) throws -> ImportLedger.Entry {
        var generator = SystemRandomNumberGenerator()
        return try records.imports.begin(
            check.id, list: statuses.list(for: check.rows), rows: check.rows,
            seed: [UInt8].random(count: BatchTree.seedByteCount, using: &generator))
    }

    /// Whether every record knows its place.
    private func isComplete(_ item: ImportLedger.Entry) throws -> Bool {
        let last = try records.records(of: item.number, from: item.rows - 1, limit: 1)
        return last.allSatisfy { $0.map { $0.batch != nil } ?? true }
    }

    /// Signs and records the rows that are not recorded yet.
    private func record(
        _ file: ImportFile, _ check: ImportCheck, _ item: ImportLedger.Entry, at now: Timestamp,
        _ holderKey: (String) -> JSONWebKey?, _ progress: (ImportProgress) -> Void
    ) async throws {
        var reader = try file.reader()
        var row = 0
        while row < item.recorded {
            let skipped = try reader.next(min(ImportDesk.partSize, item.recorded - row))
            guard !skipped.isEmpty else { throw RegistrarError.fileChanged(path: file.path) }
            row += skipped.count
        }
        var generator = PooledGenerator()
        var waiting: (records: [Record], part: ImportLedger.Part)?
        while true {
            let next = try reader.next(ImportDesk.partSize)
            let awards = try next.map { _, outcome -> (AwardRequest, JSONWebKey?) in
                guard case .success(let award) = outcome else {
                    throw RegistrarError.fileChanged(path: file.path)
                }
                return (award, award.holderKey.flatMap(holderKey))
            }
            guard row + awards.count <= item.rows else {
                throw RegistrarError.fileChanged(path: file.path)
            }
            let slots =
                try awards.isEmpty
                ? []
                : records.statusLists.allocate(
                    awards.count, in: item.list, using: &generator)
            // While the signatures of these are made, those before are written.
            async let signed = sign(awards, slots, at: now)
            if let waiting {
                try records.insert(waiting.records, importing: waiting.part)
                progress(
                    ImportProgress(.signing, done: row, of: item.rows, rows: row))
            }
            let new = try await signed
            guard !new.isEmpty else { break }
            waiting = (
                new,
                ImportLedger.Part(
                    number: item.number, firstRow: row,
                    leaves: new.map { BatchTree.leaf(of: $0.credential) })
            )
            row += new.count
        }
        // Nothing of it is logged yet: a file that changed meanwhile issues nothing.
        guard row == item.rows, reader.digest == check.digest else {
            throw RegistrarError.fileChanged(path: file.path)
        }
    }

    /// Signs on every core.
    private func sign(
        _ awards: [(AwardRequest, JSONWebKey?)], _ slots: [StatusReference], at now: Timestamp
    ) async throws -> [Record] {
        guard !awards.isEmpty else { return [] }
        let work = zip(awards, slots).map { ($0.0, $0.1, $1) }
        return try await Cores.map(work) { item, generator in
            let (request, holder, slot) = item
            let credential = request.credential(
                by: body, country: office.card.country, status: slot, at: now, holder: holder)
            return Record(
                id: RecordID(using: &generator),
                credential: try IssuedCredential.award(credential).issued(
                    by: key, using: &generator),
                status: slot, issuedAt: now, kept: request.kept)
        }
    }

    /// Signs the entry of the batch and keeps it, before the log hears of it.
    private func keepEntry(
        of item: ImportLedger.Entry, _ check: ImportCheck, at now: Timestamp
    ) throws {
        var generator = SystemRandomNumberGenerator()
        let entry = try ActDraft(
            kind: "batch", author: body, subjects: [body],
            act: try tree(of: item).act(
                body: body, list: item.list, earliest: check.earliest, latest: check.latest)
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
        try office.requireEffect(of: entry, at: now)
        try records.imports.setEntry(entry.serialized, of: item.number)
    }

    private func tree(of item: ImportLedger.Entry) throws -> BatchTree {
        try BatchTree(records.imports.leaves(of: item.number), seed: item.seed)
    }

    /// Logs the batch, unless it is there.
    private func log(
        _ item: ImportLedger.Entry, _ check: ImportCheck, at now: Timestamp
    ) async throws -> UInt64 {
        if let place = item.place { return place }
        guard let bytes = try records.imports.find(check.id)?.entry else {
            throw RegistrarError.unknownAct("batch")
        }
        let entry = try RegistryEntry(parsing: bytes)
        let origin = office.card.pin.origin
        let known = try office.database.reading { snapshot in
            try snapshot.indexes(origin, ofIdentity: entry.identity).first
        }
        if let known {
            try records.imports.setPlace(known, of: item.number)
            return known
        }
        var generator = SystemRandomNumberGenerator()
        let list = try statuses.firstPublication(of: item.list, at: now, using: &generator)
        let published = try await office.publish(
            [list?.entry].compactMap { $0 } + [entry], blobs: [list?.blob].compactMap { $0 },
            at: now)
        if list != nil { try statuses.catchUp(item.list) }
        guard let place = published.last?.index else { throw RegistrarError.unknownAct("batch") }
        try records.imports.setPlace(place, of: item.number)
        return place
    }

    /// Reads every record back as a stranger would, and says where it stands in the log.
    private func release(
        _ item: ImportLedger.Entry, _ place: UInt64, _ progress: (ImportProgress) -> Void
    ) async throws {
        let tree = try tree(of: item)
        let origin = office.card.pin.origin
        var page = try records.records(of: item.number, from: 0, limit: ImportDesk.partSize)
        var verified: [RecordID: BatchPath] = [:]
        var row = 0
        while !page.isEmpty {
            let work = page.enumerated().compactMap { offset, record in
                record.flatMap { $0.batch == nil ? (row + offset, $0) : nil }
            }
            // While these are verified, the places of those before are written, and those after
            // are read.
            async let found = verify(work, in: tree, origin, place)
            try records.setBatch(verified)
            row += page.count
            page = try records.records(
                of: item.number, from: row, limit: ImportDesk.partSize)
            verified = try await found
            progress(ImportProgress(.verifying, done: row, of: item.rows, rows: row))
        }
        try records.setBatch(verified)
    }

    /// The paths of records that read back as a stranger would read them.
    private func verify(
        _ work: [(row: Int, record: Record)], in tree: BatchTree, _ origin: String,
        _ place: UInt64
    ) async throws -> [RecordID: BatchPath] {
        let paths = try await Cores.map(work) { item, _ in
            let path = tree.path(of: item.row, origin: origin, entry: place)
            let file = CredentialFile(credential: item.record.credential, batch: path)
            let read = try CredentialFile(parsing: file.serialized)
            _ = try IssuedCredential(parsing: read.credential)
            try read.credential.verify(with: key.verificationKey)
            try tree.verify(read.credential, at: read.batch ?? path)
            return (item.record.id, path)
        }
        return Dictionary(paths, uniquingKeysWith: { first, _ in first })
    }

    /// The files of an issued import, in the order of its rows; erased ones are left out.
    public func files(
        of issued: Issued, _ take: (Int, RecordID, CredentialFile) throws -> Void
    ) throws {
        for row in stride(from: 0, to: issued.rows, by: ImportDesk.partSize) {
            let page = try records.records(
                of: issued.importNumber, from: row, limit: ImportDesk.partSize)
            for (offset, record) in page.enumerated() {
                if let record { try take(row + offset, record.id, record.file) }
            }
        }
    }
}
