import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// The keys of a log's checkpoints: changed, stolen, voided.
@Suite struct LogKeyTests {
    private static func key(
        _ log: SampleLog, _ seed: String, from size: UInt64, signedBy signer: NoteSigner? = nil
    ) throws -> RegistryEntry {
        try log.entry(
            "key", by: "PH-root", about: [log.origin],
            SampleActs.key(
                "log", log.origin, SampleKeys.signer(log.origin, seed: seed).verifier,
                fromSize: Int64(size)), signedBy: [signer ?? log.root])
    }

    private static func compromise(
        _ log: SampleLog, since size: UInt64, signedBy signer: NoteSigner
    ) throws -> RegistryEntry {
        try log.entry(
            "status-event", by: "PH-root", about: [log.origin],
            SampleActs.event(
                "compromise", about: log.origin, key: log.logSigner().verifier,
                since: Int64(size)), signedBy: [signer])
    }

    private static func rotation(_ log: SampleLog) throws -> RegistryEntry {
        try log.entry(
            "key", by: "PH-root", about: ["PH-root"],
            SampleActs.key(
                "root", "PH-root", log.next.verifier,
                nextRoot: HashValue(of: "the one after".utf8).hexadecimal),
            signedBy: [log.root, log.next])
    }

    /// Whoever stole the root takes no proof from those who hold one.
    @Test func aNewKeyNeverSignsTreesThatAreThereAlready() throws {
        let log = try SampleNetwork().ph
        for size in [0, 1, log.size] {
            #expect(
                try LogStateTests.judge(log, Self.key(log, "PH-log-2", from: size))
                    == .void(.keyBeforeItsAct), "from \(size)")
        }
        #expect(
            try LogStateTests.judge(log, Self.key(log, "PH-log-2", from: log.size + 1))
                == .effective)
    }

    @Test func aLastGoodSizeBelowTheLogNeedsTheNextRoot() throws {
        var log = try SampleNetwork().ph
        let good = log.size - 2
        #expect(
            try LogStateTests.judge(log, Self.compromise(log, since: good, signedBy: log.root))
                == .void(.notByTheNextRoot))
        // From here on: the root's word alone takes nothing that is logged.
        #expect(
            try LogStateTests.judge(
                log, Self.compromise(log, since: log.size, signedBy: log.root)) == .effective)
        let taken = log.append(try Self.rotation(log))
        // The new root speaks for what came since it took over, and for nothing before.
        #expect(
            try LogStateTests.judge(log, Self.compromise(log, since: taken, signedBy: log.next))
                == .effective)
    }

    /// Scenario 56: proofs up to the last good size verify, larger trees are refused.
    @Test func aStolenLogKeyKeepsWhatWasGood() throws {
        var log = try SampleNetwork().ph
        let old = try log.logSigner().verifier
        let good = log.append(try Self.rotation(log))
        log.append(try Self.key(log, "PH-log-2", from: log.size + 2, signedBy: log.next))
        log.append(try Self.compromise(log, since: good, signedBy: log.next))
        try log.seal(at: .noon("2026-10-02"))
        let state = try log.state()
        let new = try SampleKeys.signer(log.origin, seed: "PH-log-2").verifier
        for size in 0...good { #expect(state.logKey(forSize: size) == old) }
        #expect(state.logKey(forSize: good + 1) == nil)
        #expect(state.logKey(forSize: log.size) == new)
        #expect(state.accreditations(of: SampleNetwork.body).count == 1)
    }
}
