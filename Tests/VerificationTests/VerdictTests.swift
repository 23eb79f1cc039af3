import Credentials
import Encoding
import Recognition
import TestSupport
import Testing
import Verification

extension Verdict {
    /// How the checks that did not pass ended: `issuer failed logged-late`, and
    /// `2 status failed revoked` for the second supporting document.
    var open: [String] {
        Verdict.open(checks)
            + supporting.enumerated().flatMap { index, document in
                Verdict.open(document.checks).map { "\(index + 1) \($0)" }
            }
    }

    private static func open(_ checks: [Check]) -> [String] {
        checks.compactMap { check in
            switch check.outcome {
            case .passed: nil
            case .failed(let reason): "\(check.step.rawValue) failed \(reason.rawValue)"
            case .undetermined(let reason):
                "\(check.step.rawValue) undetermined \(reason.rawValue)"
            }
        }
    }

    func outcome(_ step: VerificationStep) -> Check.Outcome? {
        checks.first { $0.step == step }?.outcome
    }
}

@Suite struct VerdictTests {
    @Test func callsAnHonestAwardAuthentic() throws {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(file)
        #expect(verdict.open == [])
        #expect(verdict.word == .authentic)
        #expect(verdict.exitCode == 0)
        #expect(verdict.subject?.bodyName == "Centre ph.centre")
    }

    @Test func grantsWhatTheDestinationGrants() throws {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(file, SampleNetwork.visa)
        #expect(verdict.open == [])
        #expect(verdict.word == .worth(.granted))
        #expect(verdict.exitCode == 0)
    }

    @Test func believesADossierWithOnlyTheAnchor() throws {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(network.dossier(file), SampleNetwork.visa)
        #expect(verdict.open == [])
        #expect(verdict.exitCode == 0)
    }

    @Test func saysTheSameFromCopiesAndFromADossier() throws {
        let (network, file) = try SampleNetwork.standard()
        let copies = try network.verify(file, SampleNetwork.visa)
        let dossier = try network.verify(network.dossier(file), SampleNetwork.visa)
        #expect(copies.checks.map(\.outcome) == dossier.checks.map(\.outcome))
        #expect(copies.knowledgeDigest == dossier.knowledgeDigest)
        #expect(copies.subject == dossier.subject)
    }
}
