import Credentials
import Cryptography
import Encoding
import Language
import TestSupport
import Testing
import TransparencyLog
import Verification
import Wallet

@Suite struct PresentationPreviewTests {
    private let sample: SampleWallet

    init() throws { sample = try SampleWallet() }

    private func request(_ ask: [ClaimPath]) -> PresentationRequest {
        var generator = SeededGenerator(seed: 71)
        return PresentationRequest(
            audience: "concord:AS3N-N9TM-CD3M-R0M5-VXEV-YAYA", expires: SampleNetwork.now + 60,
            ask: ask, question: .init(destination: "DE", purpose: "employ", occupation: "7212"),
            using: &generator)
    }

    private func preview(
        showing paths: [ClaimPath] = [], asked: [ClaimPath]? = nil, asker: Asker? = nil,
        in catalogue: Catalogue = .english
    ) throws -> String {
        let certificate = try WalletCertificate(sample.bound)
        let item = PresentationPreview.Item(
            certificate, presented: try sample.bound.credential.presenting(paths: paths))
        return try PresentationPreview(
            [item], request: asked.map(request), asker: asker, in: catalogue
        ).text()
    }

    @Test func saysWhatIsShownWhatIsKeptAndWhatIsMissing() throws {
        let text = try preview(
            showing: ["birthplace"], asked: ["certificate_number", "sex", "birthplace"])
        #expect(text.contains("    name: Ana Reyes\n"))
        #expect(text.contains("    birthplace: {\"city\":\"Cebu\",\"region\":\"VII\"}\n"))
        #expect(text.contains("  stays hidden: number of the certificate\n"))
        #expect(text.contains("asked for, and you keep it back: number of the certificate\n"))
        #expect(text.contains("asked for, and not in this certificate: sex\n"))
        #expect(text.contains("unknown asker, key concord:AS3N-N9TM-CD3M-R0M5-VXEV-YAYA"))
        #expect(text.contains("DE, "))
        #expect(text.contains("ISCO 7212"))
    }

    @Test func namesTheAskerOnlyAsALogDoes() throws {
        let (network, _) = try SampleNetwork.standard()
        let asker = Asker(
            try SampleKeys.signer("de.ihk").verifier, in: try network.de.state(), of: "DE",
            on: try .day("2026-11-23"))
        let text = try preview(asked: [], asker: asker)
        #expect(text.hasPrefix("asked by Authority de.ihk (de.ihk), DE; its key stands in "))
        #expect(!text.contains("unknown asker"))
    }

    @Test func saysThatNobodyAsked() throws {
        #expect(try preview().hasPrefix("nobody asked: "))
    }

    /// What stands in the preview is what stands in the presentation, claim by claim.
    @Test func leavesNothingOut() throws {
        for paths: [ClaimPath] in [[], ["birthplace"], ["certificate_number", "birthplace"]] {
            let presented = try sample.bound.credential.presenting(paths: paths)
            let text = try preview(showing: paths)
            for claim in try presented.processed().object.members {
                let value = ClaimText.shown(claim.value)
                let isTechnical =
                    text.contains("too: ")
                    && ["cnf", "iat", "status", "vct"]
                        .contains(claim.name)
                #expect(isTechnical || text.contains(": \(value)\n"), "\(claim.name)")
            }
        }
    }

    @Test func speaksTheHoldersLanguage() throws {
        let filipino = try #require(Catalogue(tag: "fil"))
        let text = try preview(asked: ["sex"], in: filipino)
        #expect(text.contains("taon ng kapanganakan: 1994"))
        #expect(text.contains("hindi kilalang humihiling"))
        #expect(text.hasPrefix(filipino.text(.noticeDraft)))
    }

    @Test func warnsThatCertificatesShownTogetherAreLinked() throws {
        let items = try [sample.bound, sample.unbound].map {
            PresentationPreview.Item(
                try WalletCertificate($0), presented: try $0.credential.presenting([]))
        }
        let text = try PresentationPreview(items, request: nil, asker: nil, in: .english).text()
        #expect(text.contains("certificate 2: "))
        #expect(text.contains("known to belong to one person"))
    }

    @Test func showsACertificateWholeAndUnchecked() throws {
        let text = try HolderView(WalletCertificate(sample.bound), in: .english).text()
        #expect(text.contains("nothing was checked here: concord verify checks it"))
        #expect(text.contains("number of the certificate: S-1"))
        #expect(text.contains("bound to the key of this wallet"))
        #expect(!text.contains("valid"))
    }
}

@Suite struct RecoverySheetTests {
    @Test(arguments: ["en", "ar", "fil", "bn"]) func canBeTypedInAgain(_ tag: String) throws {
        let key = try SampleKeys.signing("holder")
        let catalogue = try #require(Catalogue(tag: tag))
        let sheet = RecoverySheet(key, in: catalogue).text
        let lines = sheet.split(separator: "\n").filter { line in
            line.contains { $0.isWholeNumber } && line.contains("       ")
        }
        #expect(lines.count == 7)
        let typed = lines.joined(separator: "\n")
            .filter { $0 != "\u{2068}" && $0 != "\u{2069}" }
        #expect(
            try RecoveryCode(parsing: typed).signingKey().verificationKey == key.verificationKey)
        #expect(sheet.contains(Fingerprint(of: key.verificationKey.bytes).description))
        #expect(sheet.contains("concord wallet restore --sheet FILE"))
    }
}
