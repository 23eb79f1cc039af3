import Credentials
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog
import Verification

@Suite struct DossierTests {
    @Test func readsBackWhatItWrites() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        #expect(try Dossier(parsing: dossier.serialized) == dossier)
    }

    @Test func refusesAForgedAct() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        let forged = try network.ph.entry(
            "accreditation", by: "tesda", about: ["ph.forger", "q.ph.smaw-nc2"],
            SampleActs.accreditation("ph.forger", SampleKeys.signer("ph.forger").verifier))
        let bent = dossier.replacing("PH") { item in
            guard item.index == network.accreditation else { return item }
            return Dossier.Item(index: item.index, entry: forged, proof: item.proof)
        }
        #expect(throws: VerificationError.self) { try network.verify(bent) }
    }

    @Test func refusesOneIndexTwice() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        let log = dossier.logs[1]
        let bent = Dossier(
            presentation: file,
            logs: [
                dossier.logs[0],
                Dossier.Log(
                    country: log.country, checkpoint: log.checkpoint, older: log.older,
                    items: log.items + [log.items[3]]),
            ], statusLists: dossier.statusLists, extract: dossier.extract)
        #expect(throws: VerificationError.self) { try network.verify(bent) }
    }

    @Test func refusesOneCountryTwice() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        let bent = Dossier(
            presentation: file, logs: dossier.logs + [dossier.logs[1]],
            statusLists: dossier.statusLists, extract: dossier.extract)
        #expect(throws: VerificationError.self) { try network.verify(bent) }
        #expect(throws: VerificationError.self) {
            try bent.knowledge(anchor: network.anchor(), at: SampleNetwork.now)
        }
    }

    @Test func refusesACheckpointWithoutItsQuorum() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        let bent = Dossier(
            presentation: file,
            logs: try dossier.logs.map { log in
                let note = try SignedNote(
                    text: log.checkpoint.text,
                    signatures: Array(log.checkpoint.signatures.prefix(2)))
                return Dossier.Log(
                    country: log.country, checkpoint: note, older: [], items: log.items)
            }, statusLists: dossier.statusLists, extract: dossier.extract)
        #expect(throws: VerificationError.self) { try network.verify(bent) }
    }

    /// An older checkpoint of another history would date a batch as it likes.
    @Test func refusesAnOlderCheckpointOfAnotherHistory() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        var other = try SampleLog("PH")
        for entry in network.ph.entries.reversed() { other.append(entry) }
        try other.seal(at: .noon("2026-10-05"))
        let log = dossier.logs[1]
        let older = Dossier.OlderCheckpoint(
            checkpoint: other.checkpoints[0].note, consistency: [])
        let bent = Dossier(
            presentation: file,
            logs: [
                dossier.logs[0],
                Dossier.Log(
                    country: log.country, checkpoint: log.checkpoint, older: [older],
                    items: log.items),
            ], statusLists: dossier.statusLists, extract: dossier.extract)
        #expect(throws: VerificationError.self) { try network.verify(bent) }
    }

    @Test func datesEntriesByTheEarliestCheckpointThatCoversThem() throws {
        let (network, file) = try SampleNetwork.standard()
        let knowledge = try network.dossier(file).knowledge(
            anchor: network.anchor(), at: SampleNetwork.now)
        let state = try #require(knowledge.log(of: "PH")).state
        let batch = try #require(
            state.acts.first { $0.logged.index == file.batch?.entryIndex })
        #expect(try batch.logged.loggedTime == .noon("2026-11-03"))
    }

    @Test func refusesACheckpointByAKeyThatTheRootEnded() throws {
        var (network, file) = try SampleNetwork.standard()
        let root = network.ph.root.verifier.name
        let key = try #require(
            network.ph.entries.firstIndex { entry in
                if case .key(let act) = entry.act { act.role == .log } else { false }
            })
        try network.ph.withdraw(UInt64(key), by: root)
        try network.refresh()
        #expect(throws: VerificationError.dossierLogKeyMissing(origin: network.ph.origin)) {
            try network.verify(network.dossier(file))
        }
    }

    @Test func takesALogThatTheAnchorDoesNotNameForNothing() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        let peer = try #require(
            network.de.entries.firstIndex { $0.envelope.kind == "peer" })
        let verdict = try network.verify(
            dossier.replacing("DE") { $0.index == UInt64(peer) ? nil : $0 })
        #expect(verdict.exitCode == 2)
        #expect(verdict.outcome(.issuer) == .undetermined(.noRegistryData))
    }

    @Test(arguments: [
        #"{"type":"pack","version":1}"#, #"{"type":"dossier","version":2}"#, "[]", "",
    ])
    func refusesWhatIsNoDossier(_ text: String) {
        #expect(throws: VerificationError.self) { try Dossier(parsing: Array(text.utf8)) }
    }
}
