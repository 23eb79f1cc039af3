import Credentials
import Cryptography
import Encoding
import Foundation
import Issuance
import Records
import Registry
import TestSupport
import Testing
import TransparencyLog

@testable import Registrar

/// What a crash leaves between the log and the records is mended when the records are opened.
@Suite(.serialized) struct PendingBatchTests {
    private let stage: StatementStage
    private let office: Office
    private let now: Timestamp

    init() throws {
        stage = try StatementStage()
        try stage.found()
        office = try Office(opening: NodeDirectory(stage.path("de")), passphrase: nil)
        now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    }

    private func records() throws -> RecordStore { try office.records(passphrase: nil) }

    private func desk(_ issuer: String) throws -> CredentialDesk {
        try CredentialDesk(
            office: office, records: records(), key: stage.key(issuer), issuer: issuer)
    }

    private func outside() throws -> Int { try records().summaries(.outsideBatches).count }

    @Test func notesWhereTheBatchStandsThatTheLogTook() async throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: stage.path("awards.json"))))
        let request = try #require(try AwardRequest.list(parsing: bytes).first)
        let desk = try desk(StatementStage.centre)
        let prepared = try await desk.prepare(1, at: now) { slots in
            [
                .award(
                    request.credential(
                        by: StatementStage.centre, country: "DE", status: slots[0], at: now,
                        holder: nil))
            ]
        }
        // As after a crash before the log was asked: nothing is released, nothing is mended.
        #expect(try outside() == 1)
        let entry = try #require(await desk.log(prepared, at: now).first)
        // As after a crash before the records were told.
        #expect(try outside() == 0)
        let file = try records().record(prepared.records[0]).file
        #expect(file.batch?.entryIndex == entry)
        try Data(file.serialized).write(to: URL(filePath: stage.path("mended.json")))
        try stage.run(0, ["verify", stage.path("mended.json"), "--node", stage.path("de")])
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: stage.path("de/pending-batches")
            ).isEmpty)
    }

    /// The first batch of an issuer brings its first status list with it.
    @Test func goesOnAfterACrashWithTheFirstList() async throws {
        let desk = try desk(StatementStage.authority)
        func decision(_ slots: [StatusReference]) throws -> [IssuedCredential] {
            [
                .statement(
                    try SampleNetwork.statement(
                        by: StatementStage.authority, on: StatementStage.today
                    ) { $0.status = slots[0] })
            ]
        }
        let prepared = try await desk.prepare(1, at: now, making: decision)
        #expect(prepared.before.count == 1)
        try await office.publish(
            prepared.before.map(\.entry) + prepared.acts,
            blobs: prepared.before.map(\.blob), at: now)
        // As after a crash before the ledger was told of the list.
        let again = try self.desk(StatementStage.authority)
        let next = try await again.issue(1, at: now, making: decision)
        #expect(try outside() == 0)
        _ = try await again.change(next.records[0], by: .revoke, at: now)
    }

    /// A crash between the log, which took the new list, and the ledger.
    @Test func knowsAfterACrashWhatTheLogTook() async throws {
        let desk = try desk(StatementStage.authority)
        let issued = try await desk.issue(2, at: now) { slots in
            try slots.map { slot in
                .statement(
                    try SampleNetwork.statement(
                        by: StatementStage.authority, on: StatementStage.today
                    ) { $0.status = slot })
            }
        }
        let places = try issued.records.map { try #require(try records().summary($0)).status }
        let ledger = try records().statusLists
        var generator = SystemRandomNumberGenerator()
        let lists = try desk.statuses.replacing([places[0]], at: now, using: &generator)
        #expect(try ledger.status(of: places[0]) == .valid, "what is only made says nothing")
        try await office.publish(lists.map(\.entry), blobs: lists.map(\.blob), at: now)
        #expect(try ledger.status(of: places[0]) == .valid, "the ledger has not heard of it")
        let again = try self.desk(StatementStage.authority)
        #expect(try ledger.status(of: places[0]) == .replaced)
        _ = try await again.change(issued.records[1], by: .suspend, at: now)
        #expect(try places.map { try ledger.status(of: $0) } == [.replaced, .suspended])
    }
}
