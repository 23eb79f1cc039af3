import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct FoldTests {
    /// A log with everything in it: grants, ends, events, lists, batches, advice, strangers.
    static func busy() throws -> SampleNetwork {
        var (network, file) = try SampleNetwork.standard()
        try network.ph.add(
            "accreditation", by: "tesda", about: ["ph.other", "q.ph.dw-nc2"],
            SampleActs.accreditation(
                "ph.other", SampleKeys.signer("ph.other").verifier, qualifications: ["q.ph.dw-nc2"])
        )
        try network.ph.add(
            "equivalence", by: "tesda", about: ["q.de.x", "isco:7212"],
            SampleActs.equivalence("PH", entry: [["p": "award-qual", "in": ["q.de.x"]]]))
        try network.ph.add(
            "status-event", by: "tesda", about: [SampleNetwork.body],
            SampleActs.event(
                "suspend", about: SampleNetwork.body, from: "2020-01-01", until: "2020-02-01"))
        try network.publishList(2, [7: .invalid])
        try network.publishList(1, body: "ph.other")
        try network.ph.withdraw(network.accreditation, by: "stranger")
        try network.ph.add(
            "status-event", by: "tesda", about: [SampleNetwork.body],
            SampleActs.event(
                "compromise", about: SampleNetwork.body,
                key: SampleKeys.signer(SampleNetwork.body).verifier,
                since: Int64(file.batch?.entryIndex ?? 0) + 1))
        try network.ph.withdraw(network.accreditation, by: "tesda")
        try network.refresh()
        return network
    }

    @Test func theOrderOfArrivalDoesNotMatter() throws {
        let network = try FoldTests.busy()
        let entries = try network.ph.logged()
        let state = LogState(pin: network.ph.pin, folding: entries)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20 {
            let shuffled = entries.shuffled(using: &generator)
            #expect(LogState(pin: network.ph.pin, folding: shuffled) == state)
        }
    }

    @Test func oneByOneIsTheSameAsAllAtOnce() throws {
        let network = try FoldTests.busy()
        var state = LogState(pin: network.ph.pin)
        for entry in try network.ph.logged() { state.apply(entry) }
        #expect(try state == network.ph.state())
    }

    @Test func twoEntriesAtOneIndexAreOne() throws {
        let log = try SampleNetwork().ph
        let entries = try log.logged(reading: .noon("2026-10-01"))
        let other = try LoggedEntry(
            entry: log.entry(
                "country", by: "PH-root", about: ["PH"], ["country": "PH", "names": ["en": "S"]]),
            index: 0, loggedTime: .noon("2026-10-01"), isWitnessed: true)
        let one = LogState(pin: log.pin, folding: entries + [other])
        let two = LogState(pin: log.pin, folding: [other] + entries)
        #expect(one == two)
        #expect(one.acts.count { $0.logged.index == 0 } == 1)
    }

    // MARK: Extracts

    static func extract(_ network: SampleNetwork, _ entries: [LoggedEntry]) throws -> Extract {
        let state = LogState(pin: network.ph.pin, folding: entries)
        return Extract(
            folding: [(try network.ph.extractHead(), state)], about: [SampleNetwork.body, "PH"])
    }

    @Test func theExtractIsTheSameForAllWhoHoldTheLog() throws {
        let network = try FoldTests.busy()
        let entries = try network.ph.logged()
        let whole = try FoldTests.extract(network, entries)
        let scope = try network.ph.state().governanceSubjects.union([SampleNetwork.body, "PH"])
        let needed = entries.filter { logged in
            Act.governanceKinds.contains(logged.entry.envelope.kind)
                || !scope.isDisjoint(with: logged.entry.envelope.subjects)
        }
        #expect(needed.count < entries.count)
        #expect(try FoldTests.extract(network, needed).text == whole.text)
        var generator = SeededGenerator(seed: 6)
        let shuffled = needed.shuffled(using: &generator)
        #expect(try FoldTests.extract(network, shuffled).text == whole.text)
    }

    @Test func everythingLeftOutShowsInTheExtract() throws {
        let network = try FoldTests.busy()
        let entries = try network.ph.logged()
        let whole = try FoldTests.extract(network, entries)
        let state = try network.ph.state()
        for left in entries {
            let subjects = left.entry.envelope.subjects
            guard subjects.contains(SampleNetwork.body), state.act(left.entry.identity) != nil,
                left.entry.envelope.kind != "batch"
            else { continue }
            let rest = entries.filter { $0.index != left.index }
            #expect(
                try FoldTests.extract(network, rest).text != whole.text
                    || left.entry.envelope.kind == "status-list", "entry \(left.index)")
        }
    }

    @Test func anExtractReadsBack() throws {
        let network = try FoldTests.busy()
        let extract = try FoldTests.extract(network, network.ph.logged())
        let read = try Extract(parsing: extract.text)
        #expect(read == extract)
        #expect(read.oldestQuorumTime == SampleNetwork.now + -3_600)
        // The list that was published after the compromise is void.
        #expect(read.lists.map(\.number) == [1])
    }

    @Test func anExtractIsNoEntryAndAnEntryNoExtract() throws {
        let network = try FoldTests.busy()
        let extract = try FoldTests.extract(network, network.ph.logged())
        let note = try SignedNote(
            text: extract.text, signatures: [SampleKeys.signer("PH-root").sign(extract.text)])
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: note.serialized) }
        #expect(throws: RegistryError.self) {
            try Extract(parsing: network.ph.entries[0].note.text)
        }
    }
}
