public import Credentials
public import Cryptography
public import Encoding
public import Issuance
public import Records
import Registry
import TransparencyLog

/// What a reading of a whole spreadsheet found, before anything is signed.
///
/// `Protocol/template.md § Rows`. Every row is read, judged as a verifier would judge it, and
/// compared with the others and with what the body has recorded before.
public struct ImportCheck: Sendable {
    /// SHA-256 over the file, the template and the body.
    public private(set) var id = HashValue(of: [])
    public private(set) var rows = 0
    public private(set) var earliest = CalendarDate.latest
    public private(set) var latest = CalendarDate.earliest
    /// The first faults, at most as many as were asked for.
    public private(set) var faults: [RowFault] = []
    /// All faults, of how many rows.
    public private(set) var faultCount = 0
    public private(set) var faultyRows = 0
    /// The digest of the file, which the second reading must find again.
    private(set) var digest = HashValue(of: [])

    public var isGood: Bool { faultCount == 0 && rows > 0 }

    /// Rows of a file: a status list holds its awards, and what interrupted imports lost.
    public static let rowLimit = 125_000

    /// - Parameters:
    ///   - file: its heading fits.
    ///   - body: the id of the awarding body.
    ///   - key: its public key.
    ///   - records: what it recorded before; nil: nothing.
    ///   - holderKey: finds the key that a row names; nil: there is none.
    ///   - limit: how many faults are kept.
    ///   - progress: is told how much of the work is done.
    /// - Throws: `RegistrarError.tooManyRows`, and whatever keeps the file from being read.
    public init(
        _ file: ImportFile, body: String, key: VerificationKey, in office: Office,
        records: RecordStore?, at now: Timestamp, limit: Int,
        holderKey: (String) -> JSONWebKey?,
        progress: (ImportProgress) -> Void = { _ in }
    ) throws {
        let template = file.columns.template
        let state = try office.state(
            of: body, awarding: [template.qualification], at: now)
        var rules = AwardRules(
            state, issuer: body,
            key: try NoteKey(name: body, algorithm: .ed25519, key: key), at: now)
        var marks: [HashValue: Int] = [:]
        var reader = try file.reader()
        var found: [RowFault] = []
        while true {
            let next = try reader.next(2_000)
            if next.isEmpty { break }
            for (line, row) in next {
                rows += 1
                switch row {
                case .failure(let faults): found = faults.all
                case .success(let award):
                    found = ImportCheck.faults(of: award, line, template, &rules, holderKey)
                    let first = marks[award.mark]
                    if let first {
                        found.append(RowFault(line: line, column: nil, .repeatsLine(first)))
                    } else {
                        marks[award.mark] = line
                    }
                    earliest = min(earliest, award.awarded)
                    latest = max(latest, award.awarded)
                }
                note(found, limit)
            }
            guard rows <= ImportCheck.rowLimit else {
                throw RegistrarError.tooManyRows(limit: ImportCheck.rowLimit)
            }
            progress(ImportProgress(.checking, done: reader.offset, of: file.size, rows: rows))
        }
        digest = reader.digest
        let parts: [JSONValue] = [
            .string(digest.hexadecimal), .string(template.identity.hexadecimal), .string(body),
        ]
        id = HashValue(of: JSONValue.array(parts).serialized)
        if let records { try compare(marks, with: records, body, limit, progress) }
    }

    private mutating func note(_ found: [RowFault], _ limit: Int) {
        guard !found.isEmpty else { return }
        faultyRows += 1
        faultCount += found.count
        faults += found.prefix(max(0, limit - faults.count))
    }

    private static func faults(
        of award: AwardRequest, _ line: Int, _ template: AwardTemplate, _ rules: inout AwardRules,
        _ holderKey: (String) -> JSONWebKey?
    ) -> [RowFault] {
        func column(_ claim: String) -> String? {
            template.fields.first { $0.claim == claim }?.column
        }
        var found: [RowFault] = []
        if let refusal = rules.refusal(of: award) {
            found.append(
                RowFault(
                    line: line,
                    column: column(refusal.code == "unknown-unit" ? "units" : "awarded"),
                    .refused(code: refusal.code, text: refusal.error.description)))
        }
        if let name = award.holderKey, holderKey(name) == nil {
            found.append(RowFault(line: line, column: column("holder_key"), .unknownKey))
        }
        return found
    }

    /// Rows that say again what the body has issued, and what still stands.
    private mutating func compare(
        _ marks: [HashValue: Int], with records: RecordStore, _ body: String, _ limit: Int,
        _ progress: (ImportProgress) -> Void
    ) throws {
        let own =
            try records.imports.find(id).map { try records.imports.recordNumbers(of: $0.number) }
            ?? []
        let total = try records.count()
        var done = 0
        var states: [String: StatusList] = [:]
        var after: Int64? = 0
        while let number = after {
            let (page, next) = try records.scan(after: number)
            // Paper is of an award that is here too.
            for (number, record) in page where !own.contains(number) && !record.isPaper {
                guard
                    let award = try? QualificationCredential(parsing: record.credential),
                    award.issuer == body, let line = marks[AwardRequest.mark(of: award)]
                else { continue }
                let list =
                    try states[record.status.uri]
                    ?? records.statusLists.next(record.status.uri).list
                states[record.status.uri] = list
                let status = try list.status(at: record.status.index)
                if status == .valid || status == .suspended {
                    note([RowFault(line: line, column: nil, .alreadyIssued)], limit)
                }
            }
            done += page.count
            progress(ImportProgress(.comparing, done: done, of: max(total, done), rows: done))
            after = next
        }
    }
}

/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
    public enum Stage: String, Sendable {
        case checking, comparing, signing, verifying, writing, paper
    }

    public let stage: Stage
    /// In units of the stage: bytes of the file, or rows.
    public let done: Int
    public let total: Int
    public let rows: Int

    public init(_ stage: Stage, done: Int, of total: Int, rows: Int) {
        self.stage = stage
        self.done = done
        self.total = total
        self.rows = rows
    }
}
