import Cryptography
import Encoding
import Storage
import TestSupport
import Testing
import TransparencyLog

@Suite struct AppendTests {
    @Test(arguments: [0, 1, 2, 3, 255, 256, 257, 511, 512, 700])
    func buildsTreeOfTheReference(_ size: Int) throws {
        let store = try SampleStore()
        let entries = SampleCountry.entries(0..<size)
        var done = 0
        // In uneven pieces, so that tiles grow in place.
        for piece in [1, 2, 200, 55, 1, 300, 1_000] where done < size {
            let next = min(size, done + piece)
            try store.append(done..<next)
            done = next
        }
        let reference = ReferenceTree(entries)
        let origin = store.origin
        try store.database.read { snapshot throws in
            #expect(try snapshot.root(origin, size: UInt64(size)) == reference.root)
            #expect(try snapshot.edge(origin).root == reference.root)
            #expect(try snapshot.independentRoot(origin, size: UInt64(size)) == reference.root)
            for tile in Tile.tiles(for: UInt64(size)) {
                let span = 1 << (8 * tile.level)
                let expected = (0..<tile.width).flatMap { offset in
                    let start = (Int(tile.index) * 256 + offset) * span
                    return reference.root(start, start + span).bytes
                }
                #expect(try snapshot.tile(origin, tile) == expected)
            }
            for index in stride(from: 0, to: size, by: 37) {
                let proof = try snapshot.inclusionProof(
                    origin, index: UInt64(index), size: UInt64(size))
                #expect(proof.hashes == reference.path(index, 0, size))
            }
            for old in stride(from: 1, through: size, by: 41) {
                let proof = try snapshot.consistencyProof(
                    origin, from: UInt64(old), to: UInt64(size))
                #expect(proof.hashes == reference.proof(old, 0, size))
            }
        }
    }

    @Test func findsThreeLevelsOfTiles() throws {
        let store = try SampleStore()
        try store.append(0..<66_000)
        let leaves = SampleCountry.entries(0..<66_000).map(MerkleTree.leafHash)
        let origin = store.origin
        try store.database.read { snapshot throws in
            #expect(try snapshot.root(origin, size: 66_000) == MerkleTree.root(of: leaves))
            let old = MerkleTree.root(of: Array(leaves[..<65_537]))
            #expect(try snapshot.root(origin, size: 65_537) == old)
            #expect(try snapshot.edge(origin).size == 66_000)
        }
    }

    @Test func refusesSecondWriter() throws {
        let store = try SampleStore()
        try store.append(0..<5)
        let error = StorageError.sizeConflict(origin: store.origin, expected: 3, found: 5)
        #expect(throws: error) { try store.append(3..<9) }
        let growth = try store.database.read { snapshot throws in
            LogExtension(extending: try snapshot.edge(store.origin))
        }
        try store.append(5..<6)
        var stale = growth
        stale.append(NewEntry(SampleCountry.entry(5, branch: "x")))
        #expect(throws: StorageError.self) { try store.database.append(stale, to: store.origin) }
        #expect(try store.size == 6)
    }

    @Test func writesNothingUnderAWrongCheckpoint() throws {
        let store = try SampleStore(isOwn: false)
        var growth = LogExtension(extending: TreeEdge())
        growth.append(contentsOf: SampleCountry.entries(0..<300).map { NewEntry($0) })
        let other = SampleCountry.entries(0..<300, branch: "b", from: 299)
        let record = CheckpointRecord(try store.country.checkpoint(other))
        #expect(throws: StorageError.rootConflict(origin: store.origin, size: 300)) {
            try store.database.append(growth, to: store.origin, record: record)
        }
        #expect(try store.size == 0)
        #expect(try store.database.read { try $0.head(store.origin) } == nil)
        let right = CheckpointRecord(
            try store.country.checkpoint(SampleCountry.entries(0..<300)))
        try store.database.append(growth, to: store.origin, record: right)
        #expect(try store.database.read { try $0.head(store.origin)?.head.size } == 300)
    }

    @Test func refusesToWriteIntoACopy() throws {
        let store = try SampleStore(isOwn: false)
        #expect(throws: StorageError.ownership(origin: store.origin, isOwn: false)) {
            try store.append(0..<1)
        }
        #expect(throws: StorageError.ownership(origin: store.origin, isOwn: false)) {
            try store.database.addLog(store.origin, isOwn: true)
        }
        #expect(throws: StorageError.unknownLog(origin: "sample.example/none/1")) {
            try store.database.append([], to: "sample.example/none/1", expecting: 0)
        }
    }

    @Test func keepsLogsApart() throws {
        let store = try SampleStore()
        let other = try SampleCountry("XB", 2)
        try store.database.addLog(other.origin, isOwn: true)
        try store.append(0..<10)
        try store.database.append(
            SampleCountry.entries(0..<4, branch: "b").map { NewEntry($0) }, to: other.origin,
            expecting: 0)
        try store.database.read { snapshot throws in
            let selection = EntrySelection(subjects: ["body"])
            #expect(
                try snapshot.entries(store.origin, selecting: selection, below: 99).count == 10)
            #expect(
                try snapshot.entries(other.origin, selecting: selection, below: 99).count == 4)
            #expect(
                try snapshot.root(other.origin, size: 4)
                    == ReferenceTree(SampleCountry.entries(0..<4, branch: "b")).root)
        }
    }

    @Test func findsRegulationsByOccupationNotByPlace() throws {
        let store = try SampleStore()
        let entries = [
            NewEntry(Array("a".utf8), kind: "mandate", subjects: ["DE", "isco:1"]),
            NewEntry(Array("b".utf8), kind: "regulation", subjects: ["isco:1", "DE"]),
            NewEntry(Array("c".utf8), kind: "regulation", subjects: ["isco:2", "DE"]),
            NewEntry(Array("d".utf8), kind: "equivalence", subjects: ["isco:2"]),
        ]
        try store.database.append(entries, to: store.origin, expecting: 0)
        func found(_ selection: EntrySelection) throws -> [UInt64] {
            try store.database.read { snapshot throws in
                let log = try #require(try snapshot.log(store.origin))
                let folded = try snapshot.foldedEntries(log, selecting: selection, below: 9)
                #expect(
                    try snapshot.entries(store.origin, selecting: selection, below: 9)
                        .map(\.index) == folded.map(\.index))
                return folded.map(\.index)
            }
        }
        #expect(try found(EntrySelection(subjects: ["DE"])) == [0, 1, 2])
        #expect(try found(EntrySelection(subjects: ["DE"], places: ["DE"])) == [0])
        #expect(try found(EntrySelection(subjects: ["DE", "isco:1"], places: ["DE"])) == [0, 1])
        #expect(
            try found(EntrySelection(subjects: ["isco:2"], onlyKinds: ["regulation"])) == [2])
        #expect(
            try found(EntrySelection(subjects: ["isco:1"], excludedKinds: ["mandate"])) == [1])
        #expect(
            try found(
                EntrySelection(
                    subjects: ["DE", "isco:1"], excludedKinds: ["mandate"],
                    onlyKinds: ["mandate", "regulation"], places: ["DE"])) == [1])
    }

    @Test func findsEntriesByKindSubjectAndIdentity() throws {
        let store = try SampleStore()
        let entries = [
            NewEntry(Array("a".utf8), kind: "mandate", subjects: ["A"]),
            NewEntry(Array("b".utf8), kind: "batch", subjects: ["A", "B", "A"]),
            NewEntry(Array("c".utf8), kind: "batch", subjects: ["C"]),
            NewEntry(Array("b".utf8), kind: "batch", subjects: ["B"]),
            NewEntry(bytes: [], identity: HashValue(of: []), kind: nil, subjects: []),
        ]
        try store.database.append(entries, to: store.origin, expecting: 0)
        func found(
            _ kinds: Set<String>, _ subjects: Set<String>, excluding excluded: KindList = [],
            below: UInt64 = 9
        ) throws -> [UInt64] {
            try store.database.read { snapshot throws in
                try snapshot.entries(
                    store.origin,
                    selecting: EntrySelection(
                        kinds: kinds, subjects: subjects, excludedKinds: excluded),
                    below: below
                ).map(\.index)
            }
        }
        #expect(try found(["mandate"], []) == [0])
        #expect(try found([], ["A"]) == [0, 1])
        #expect(try found(["mandate"], ["B"]) == [0, 1, 3])
        #expect(try found(["mandate"], ["B"], below: 2) == [0, 1])
        #expect(try found(["nothing"], ["none"]) == [])
        #expect(try found([], ["A", "B"], excluding: ["batch"]) == [0])
        #expect(try found(["batch"], ["A"], excluding: ["batch"]) == [0, 1, 2, 3])
        #expect(try found([], ["A"], excluding: ["nothing", "mandate"]) == [1])
        // More subjects than one statement names.
        #expect(try found([], Set((0..<600).map { "n\($0)" } + ["C"])) == [2])
        try store.database.read { snapshot throws in
            let identity = HashValue(of: Array("b".utf8))
            #expect(try snapshot.indexes(store.origin, ofIdentity: identity) == [1, 3])
            #expect(try snapshot.entry(store.origin, identity: identity)?.index == 1)
            let near = HashValue(bytes: identity.bytes.prefix(31) + [identity.bytes[31] ^ 1])
            let nearby = try #require(near)
            #expect(try snapshot.indexes(store.origin, ofIdentity: nearby) == [])
            #expect(try snapshot.entries(store.origin, 3..<5).map(\.bytes.count) == [1, 0])
        }
    }

    /// Rows of an index go in many at a time, the rest one by one.
    @Test(arguments: [1, 15, 16, 17, 31, 32, 33, 64, 150])
    func findsTheSameHoweverManyAreAppendedAtOnce(_ step: Int) throws {
        let store = try SampleStore()
        let entries = (0..<150).map { number in
            NewEntry(
                Array("entry \(number)".utf8), kind: number % 3 == 0 ? "batch" : "mandate",
                subjects: ["n\(number % 7)", "all", "ü\(number)"])
        }
        for start in stride(from: 0, to: entries.count, by: step) {
            try store.database.append(
                Array(entries[start..<min(start + step, entries.count)]), to: store.origin,
                expecting: UInt64(start))
        }
        try store.database.read { snapshot throws in
            func found(_ selection: EntrySelection) throws -> [UInt64] {
                try snapshot.entries(store.origin, selecting: selection, below: 150).map(\.index)
            }
            #expect(try found(EntrySelection(subjects: ["all"])) == Array(0..<150))
            for number in 0..<7 {
                let expected = (0..<150).filter { $0 % 7 == number }.map(UInt64.init)
                #expect(try found(EntrySelection(subjects: ["n\(number)"])) == expected)
            }
            #expect(
                try found(EntrySelection(kinds: ["batch"]))
                    == (0..<150).filter { $0 % 3 == 0 }.map(UInt64.init))
            for (index, entry) in entries.enumerated() {
                #expect(try found(EntrySelection(subjects: ["ü\(index)"])) == [UInt64(index)])
                #expect(
                    try snapshot.indexes(store.origin, ofIdentity: entry.identity)
                        == [UInt64(index)])
            }
            #expect(
                try snapshot.entries(store.origin, 0..<150).map(\.bytes) == entries.map(\.bytes))
        }
    }

    @Test func servesBundlesAndPrefixesOfTiles() throws {
        let store = try SampleStore()
        let entries = SampleCountry.entries(0..<300)
        try store.append(0..<300)
        try store.database.read { snapshot throws in
            let bundle = try snapshot.bundle(store.origin, index: 1, width: 20)
            #expect(try bundle == EntryBundle(Array(entries[256..<276])).serialized)
            #expect(try snapshot.bundle(store.origin, index: 1, width: 45) == nil)
            #expect(try snapshot.bundle(store.origin, index: 2, width: 1) == nil)
            let tile = try snapshot.tile(store.origin, Tile(parsing: "tile/0/001.p/9"))
            #expect(tile == entries[256..<265].flatMap { MerkleTree.leafHash($0).bytes })
            #expect(try snapshot.tile(store.origin, Tile(parsing: "tile/0/001.p/45")) == nil)
            #expect(try snapshot.tile(store.origin, Tile(parsing: "tile/9/000")) == nil)
        }
    }

    @Test func secondLookStartsAtASignedHead() throws {
        let store = try SampleStore()
        try store.append(0..<700)
        let entries = SampleCountry.entries(0..<700)
        for old in [0, 1, 256, 300, 512, 700] {
            let head = try store.country.checkpoint(Array(entries[..<old])).head
            let root = try store.database.read { snapshot throws in
                try snapshot.independentRoot(store.origin, size: 700, since: head)
            }
            #expect(root == ReferenceTree(entries).root)
        }
        let wrong = try store.country.checkpoint(SampleCountry.entries(0..<300, branch: "b")).head
        #expect(throws: StorageError.rootConflict(origin: store.origin, size: 300)) {
            try store.database.read { snapshot throws in
                try snapshot.independentRoot(store.origin, size: 700, since: wrong)
            }
        }
    }
}
