import Cryptography
import Encoding
import Foundation
import Storage
import TestSupport
import Testing
import TransparencyLog

@Suite struct LifeTableTests {
    let store: SampleStore

    init() throws {
        store = try SampleStore()
        try store.database.beginLife(HashValue(of: "life".utf8))
    }

    private func record(_ size: Int) throws -> CheckpointRecord {
        CheckpointRecord(try store.country.checkpoint(SampleCountry.entries(0..<size)))
    }

    private func publish(_ range: Range<Int>) throws {
        try store.append(range)
        let old = try store.database.read { try $0.head(store.origin)?.note }
        let record = try record(range.upperBound)
        try store.database.stage(record.checkpoint.head)
        try store.database.publish(record, replacing: old)
    }

    private var mark: String { store.folder.path("life-mark") }

    @Test func beginsOnceAndNeverOverASignature() throws {
        #expect(try store.database.sealReasons() == [])
        // Begun and never used: a start that a crash cut off is begun again.
        try store.database.beginLife(HashValue(of: "again".utf8))
        try publish(0..<3)
        #expect(throws: StorageError.hasLived(path: store.database.path)) {
            try store.database.beginLife(HashValue(of: "third".utf8))
        }
        try FileManager.default.removeItem(atPath: mark)
        #expect(throws: StorageError.hasLived(path: store.database.path)) {
            try store.database.beginLife(HashValue(of: "third".utf8))
        }
        #expect(try store.database.sealReasons() == [.fileMissing])
    }

    @Test func spendsTheFirstStepBeforeAnythingIsSigned() throws {
        try store.append(0..<3)
        let head = try record(3).checkpoint.head
        try store.database.stage(head)
        #expect(try store.database.stagedHead() == head)
        #expect(throws: StorageError.hasLived(path: store.database.path)) {
            try store.database.beginLife(HashValue(of: "again".utf8))
        }
    }

    @Test func begunCheckpointIsTheOnlyOneThatMayFollow() throws {
        try publish(0..<3)
        try store.append(3..<6)
        try store.database.stage(try record(6).checkpoint.head)
        // A restart in between: the file is one step ahead, and the node is not sealed.
        #expect(try store.database.sealReasons() == [])
        let note = try store.database.read { try $0.head(store.origin)?.note }
        #expect(throws: StorageError.self) {
            try store.database.publish(try record(5), replacing: note)
        }
        #expect(throws: StorageError.self) {
            try store.database.stage(try record(4).checkpoint.head)
        }
        try store.database.publish(try record(6), replacing: note)
        #expect(try store.database.stagedHead() == nil)
    }

    @Test func begunCheckpointMayGrowWhileNobodySawIt() throws {
        try store.append(0..<3)
        try store.database.stage(try record(3).checkpoint.head)
        try store.append(3..<4)
        try store.database.stage(try record(4).checkpoint.head)
        try store.database.publish(try record(4), replacing: nil)
        #expect(try store.database.sealReasons() == [])
    }

    @Test func losesNoStepToAPageThatTore() throws {
        try publish(0..<3)
        let whole = try Data(contentsOf: URL(filePath: mark))
        try store.append(3..<5)
        try store.database.stage(try record(5).checkpoint.head)
        let after = try Data(contentsOf: URL(filePath: mark))
        let changed = whole.indices.filter { whole[$0] != after[$0] }
        let (first, last) = (try #require(changed.first), try #require(changed.last))
        #expect(first / LifeMark.byteLimit == last / LifeMark.byteLimit)
        // Every prefix of the page that a power cut may have left.
        for end in stride(from: first, through: last, by: 17) {
            var torn = whole
            torn.replaceSubrange(first..<end, with: after[first..<end])
            try torn.write(to: URL(filePath: mark))
            try store.database.openSession()
            #expect(try store.database.sealReasons() == [])
        }
    }

    @Test func anotherFolderIsAskedAnew() throws {
        try publish(0..<3)
        try store.database.close()
        let copy = try TemporaryFolder()
        let names = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
        for name in names where !name.hasSuffix("-shm") {
            try FileManager.default.copyItem(
                atPath: store.folder.path(name), toPath: copy.path(name))
        }
        let copied = try LogDatabase(inFolder: copy.path)
        let reasons = try copied.sealReasons()
        #expect(reasons == [.notAsked])
        let original = try LogDatabase(inFolder: store.folder.path)
        #expect(try original.sealReasons() == [])
        #expect(try original.sealReasons(boot: "the next start") == [.notAsked])
    }

    @Test func sealedNodeCosignsAndGrantsNothing() throws {
        let other = try SampleCountry("XB", 2)
        try store.database.addLog(other.origin, isOwn: false)
        let head = try other.checkpoint(SampleCountry.entries(0..<2)).head
        try store.database.closeSession([.notAsked])
        #expect(throws: StorageError.sealed([.notAsked])) {
            try store.database.cosign(other.origin) { _ in (head, ()) }
        }
        #expect(throws: StorageError.sealed([.notAsked])) {
            try store.database.grant(other.origin) { _ in (head, ()) }
        }
        #expect(throws: StorageError.sealed([.notAsked])) {
            try store.database.stage(try record(0).checkpoint.head)
        }
        try store.database.openSession()
        try store.database.cosign(other.origin) { _ in (head, ()) }
        try store.database.grant(other.origin) { _ in (head, ()) }
        #expect(try store.database.read { try $0.witnessState(other.origin) } == head)
    }

    @Test func doubtfulMemoryCosignsNothingUntilOthersWereAsked() throws {
        let other = try SampleCountry("XB", 2)
        try store.database.addLog(other.origin, isOwn: false)
        func head(_ size: Int) throws -> TreeHead {
            try other.checkpoint(SampleCountry.entries(0..<size)).head
        }
        try store.database.cosign(other.origin) { _ in (try? head(2), ()) }
        try store.database.doubtMemories()
        #expect(throws: StorageError.incompleteMemory(origin: other.origin)) {
            try store.database.cosign(other.origin) { _ in (try? head(3), ()) }
        }
        // A log that was never added is no log that was never cosigned.
        let stranger = try SampleCountry("XC", 3).checkpoint(SampleCountry.entries(0..<1)).head
        #expect(throws: StorageError.incompleteMemory(origin: stranger.origin)) {
            try store.database.cosign(stranger.origin) { _ in (stranger, ()) }
        }
        try store.database.completeMemory(.witness, of: other.origin, upTo: try head(9))
        #expect(try store.database.read { try $0.witnessState(other.origin)?.size } == 9)
        try store.database.completeMemory(.witness, of: other.origin, upTo: try head(4))
        #expect(try store.database.read { try $0.witnessState(other.origin)?.size } == 9)
    }
}
