import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A file from one node to another: the same bytes twice, damage found, the rest kept.
@Suite struct PackTests {
    let country: SampleCountry
    let other: SampleCountry
    let node: SampleNode
    let folder: TemporaryFolder

    init() throws {
        country = try SampleCountry("XA", 1)
        other = try SampleCountry("XB", 2)
        node = try SampleNode(country, among: [country, other], quorum: 1)
        folder = try TemporaryFolder()
    }

    private func export(
        _ name: String, since start: UInt64 = 0, origins: [String]? = nil
    ) throws -> String {
        let path = folder.path(name)
        _ = try PackExport(of: node.database, rules: node.rules).write(
            origins, since: { _ in start }, to: path)
        return path
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    /// Another node, which imports.
    private struct Reader {
        let node: SampleNode

        init(_ country: SampleCountry, among countries: [SampleCountry]) throws {
            node = try SampleNode(country, among: countries, quorum: 1)
        }

        @discardableResult
        func take(_ paths: [String]) async throws -> Synchronizer.Report {
            await PackImport(database: node.database, rules: node.rules)
                .take(try paths.map { try Pack(opening: $0) })
        }

        func entries(_ origin: String) throws -> [[UInt8]] {
            try node.database.read { snapshot in
                try snapshot.entries(origin, 0..<(try snapshot.log(origin)?.size ?? 0))
            }.map(\.bytes)
        }
    }

    private func reader() throws -> Reader { try Reader(other, among: [country, other]) }

    private func published(_ count: Int) -> [[UInt8]] { node.entries(0..<count).map(\.bytes) }

    @Test(arguments: [1, 255, 256, 257, 700, 1_300])
    func carriesALogAndMakesTheSameBytesTwice(_ count: Int) async throws {
        try await node.publish(0..<count)
        let path = try export("a.pack")
        #expect(try bytes(path) == bytes(export("b.pack")))
        let reader = try reader()
        let report = try await reader.take([path])
        #expect(report.failures == [])
        #expect(report.logs.map(\.outcome) == [.advanced(from: 0, to: UInt64(count))])
        #expect(try reader.entries(country.origin) == published(count))
        #expect(
            try await reader.take([path]).logs.map(\.outcome) == [.current(size: UInt64(count))])
        // What was imported is exported again as it was.
        let again = folder.path("again.pack")
        _ = try PackExport(of: reader.node.database, rules: node.rules).write(
            [country.origin], since: { _ in 0 }, to: again)
        #expect(try bytes(again) == bytes(export("c.pack", origins: [country.origin])))
    }

    @Test func continuesFromAPositionOrAnEarlierPack() async throws {
        try await node.publish(0..<300)
        let first = try export("first.pack")
        try await node.publish(300..<900)
        let sizes = try Pack(opening: first).sizes()
        let second = try export("second.pack", since: try #require(sizes[country.origin]))
        #expect(try bytes(second).count < bytes(export("all.pack")).count)
        let reader = try reader()
        let gap = try await reader.take([second])
        #expect(
            gap.failures == [
                .pack(file: second, .gap(origin: country.origin, start: 256, size: 0))
            ])
        #expect(try reader.entries(country.origin) == [])
        // In any order, each from where the other ends.
        let report = try await reader.take([second, first])
        #expect(report.failures == [])
        #expect(report.logs.map(\.outcome) == [.advanced(from: 0, to: 900)])
        #expect(try reader.entries(country.origin) == published(900))
    }

    @Test func damagedPartIsNamedAndWhatComesBeforeItIsKept() async throws {
        try await node.publish(0..<1_300)
        let path = try export("good.pack")
        let good = try bytes(path)
        let text = String(decoding: good, as: UTF8.self)
        let name = PeerPath.bundle(country.origin, index: 3, width: 256)
        let line = try #require(
            good.firstRange(of: Array("part \(name) ".utf8))?.lowerBound, "\(text.count)")
        var bad = good
        bad[line + 400] ^= 1
        try Data(bad).write(to: URL(filePath: folder.path("bad.pack")))
        let pack = try Pack(opening: folder.path("bad.pack"))
        #expect(pack.faults == [.damaged(part: name, offset: UInt64(line))])

        let reader = try reader()
        let report = try await reader.take([folder.path("bad.pack")])
        #expect(
            report.logs.flatMap(\.failures).contains(
                .pack(
                    file: folder.path("bad.pack"), .damaged(part: name, offset: UInt64(line)))))
        #expect(try reader.entries(country.origin) == Array(published(1_300)[..<768]))
        #expect(try reader.node.head(country.origin) == nil)

        // A second copy, damaged elsewhere, completes the first.
        let later = PeerPath.bundle(country.origin, index: 1, width: 256)
        var worse = good
        worse[try #require(good.firstRange(of: Array("part \(later) ".utf8))).lowerBound + 300] ^= 4
        try Data(worse).write(to: URL(filePath: folder.path("worse.pack")))
        let both = try self.reader()
        let whole = try await both.take([folder.path("worse.pack"), folder.path("bad.pack")])
        #expect(whole.failures == [])
        #expect(try both.entries(country.origin) == published(1_300))
        #expect(try both.node.head(country.origin)?.head.size == 1_300)
    }

    /// Whatever byte is hit: never another entry, and never a note over entries that are not
    /// there.
    @Test func noFlippedByteBringsAnythingElse() async throws {
        try await node.publish(0..<20)
        let good = try bytes(try export("good.pack"))
        let expected = published(20)
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<60 {
            var bad = good
            let place = Int.random(in: 0..<bad.count, using: &generator)
            bad[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            let path = folder.path("flipped.pack")
            try Data(bad).write(to: URL(filePath: path))
            guard let pack = try? Pack(opening: path) else {
                #expect(place < PackPart.magic.utf8.count)
                continue
            }
            #expect(!pack.faults.isEmpty, "byte \(place)")
            let reader = try reader()
            _ = try await reader.take([path])
            let entries = try reader.entries(country.origin)
            #expect(entries == [] || entries == expected, "byte \(place)")
            #expect(
                try reader.node.head(country.origin)?.head.size ?? 0 == UInt64(entries.count))
        }
    }

    @Test func cutPackGivesWhatIsThere() async throws {
        try await node.publish(0..<700)
        let good = try bytes(try export("good.pack"))
        let line = try #require(
            good.firstRange(
                of: Array("part \(PeerPath.bundle(country.origin, index: 2, width: 188)) ".utf8)))
        let path = folder.path("cut.pack")
        try Data(good[..<(line.lowerBound + 500)]).write(to: URL(filePath: path))
        let pack = try Pack(opening: path)
        #expect(pack.faults.count == 2)
        #expect(pack.faults.last == .noEnd(offset: UInt64(line.lowerBound + 500)))
        let reader = try reader()
        _ = try await reader.take([path])
        #expect(try reader.entries(country.origin) == Array(published(700)[..<512]))
    }

    @Test func packOfAnotherHistoryIsAnAccusation() async throws {
        try await node.publish(0..<300)
        let reader = try reader()
        try await reader.take([try export("one.pack")])
        let second = try SampleNode(country, among: [country, other], quorum: 1)
        try await second.publish(0..<700, branch: "b")
        let path = folder.path("forked.pack")
        _ = try PackExport(of: second.database, rules: second.rules).write(
            nil, since: { _ in 0 }, to: path)
        let report = try await reader.take([path])
        guard case .splitView(let identity, _) = report.logs.first?.outcome else {
            Issue.record("expected a split view, found \(report)")
            return
        }
        #expect(try reader.node.database.read { try $0.splitViews() } == [identity])
        #expect(try reader.entries(country.origin) == published(300))
        // And the next pack carries the proof on.
        let onward = folder.path("onward.pack")
        _ = try PackExport(of: reader.node.database, rules: node.rules).write(
            nil, since: { _ in 0 }, to: onward)
        let stranger = try SampleCountry("XC", 3)
        let third = try Reader(stranger, among: [country, other, stranger])
        #expect(try await third.take([onward]).splitViews == [identity])
    }

    @Test func foreignPackChangesNothing() async throws {
        let stranger = try SampleCountry("XA", 77)
        let theirs = try SampleNode(stranger, among: [stranger, other], quorum: 1)
        try await theirs.publish(0..<5)
        let path = folder.path("foreign.pack")
        _ = try PackExport(of: theirs.database, rules: theirs.rules).write(
            nil, since: { _ in 0 }, to: path)
        let reader = try reader()
        let report = try await reader.take([path])
        #expect(report.logs.map(\.outcome) == [.failed])
        #expect(try reader.entries(country.origin) == [])
    }

    @Test func sealedNodeRecoversItsOwnLogAndStaysSealed() async throws {
        try await node.publish(0..<10)
        let backup = try node.backUp()
        try await node.publish(10..<30)
        let path = try export("own.pack")
        let restored = try SampleNode(
            country, among: [country, other], quorum: 1, folder: backup)
        #expect(try restored.database.sealReasons().contains(where: \.isBrokenMark))
        let report = await PackImport(database: restored.database, rules: restored.rules)
            .take([try Pack(opening: path)])
        #expect(report.logs.map(\.outcome) == [.advanced(from: 10, to: 30)])
        #expect(try !restored.database.sealReasons().isEmpty)
    }

    @Test func nodeThatFindsMoreOfItsOwnLogSealsItself() async throws {
        try await node.publish(0..<10)
        let copy = try SampleNode(
            country, among: [country, other], quorum: 1,
            folder: try node.backUp(withLifeMark: true))
        try await node.publish(10..<30)
        let path = try export("own.pack")
        try copy.database.openSession()
        let report = await PackImport(database: copy.database, rules: copy.rules)
            .take([try Pack(opening: path)])
        #expect(
            report.failures == [
                .pack(
                    file: path, .ownLogAhead(origin: country.origin, size: 30, own: 10))
            ])
        #expect(try !copy.database.sealReasons().isEmpty)
    }

    @Test func carriesStatusListsAndSaysWhichAreMissing() async throws {
        let blob = Array("a list".utf8)
        let (hash, absent) = (HashValue(of: blob), HashValue(of: Array("none".utf8)))
        try await node.publish(0..<5)
        var rules = node.rules
        rules.blobs = { $0.bytes == published(5)[2] ? [hash, absent] : [] }
        try node.database.storeBlob(blob, hash: hash)
        let path = folder.path("blobs.pack")
        let report = try PackExport(of: node.database, rules: rules).write(
            nil, since: { _ in 0 }, to: path)
        #expect(report.missingBlobs == [absent])
        let reader = try reader()
        let taken = await PackImport(database: reader.node.database, rules: rules)
            .take([try Pack(opening: path)])
        #expect(taken.logs.map(\.missingBlobs) == [[absent]])
        #expect(try reader.node.database.read { try $0.blob(hash) } == blob)
    }
}
