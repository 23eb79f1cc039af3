import Credentials
import Cryptography
import Foundation
import TestSupport
import Testing
import Wallet

@Suite struct WalletFolderTests {
    private let sample: SampleWallet

    init() throws { sample = try SampleWallet().filled() }

    @Test func keepsWhatIsPutIntoIt() throws {
        let content = try WalletFolder(opening: sample.wallet.path).content()
        #expect(content.certificates.map(\.file) == [sample.unbound, sample.bound])
        #expect(content.certificates.map(\.isBound) == [false, true])
        #expect(content.damaged.isEmpty)
        #expect(try !sample.wallet.add(WalletCertificate(sample.bound)))
    }

    @Test func findsACertificateByTheBeginningOfItsID() throws {
        let id = try WalletCertificate(sample.bound).id
        #expect(try sample.wallet.certificate(String(id.prefix(6))).file == sample.bound)
        #expect(throws: WalletError.unknownCertificate("zz")) {
            try sample.wallet.certificate("zz")
        }
        #expect(throws: WalletError.unknownCertificate("")) { try sample.wallet.certificate("") }
    }

    @Test func keepsFilesToTheirOwner() throws {
        let id = try WalletCertificate(sample.bound).id
        for name in ["holder.key", "certificates/\(id).json"] {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: "\(sample.wallet.path)/\(name)")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func refusesACertificateOfAnotherHolder() throws {
        var network = try SampleNetwork()
        let other = JSONWebKey(try SampleKeys.signing("somebody").verificationKey)
        let file = try network.issue([network.award { $0.holderKey = other }])[0]
        #expect(throws: WalletError.otherHolder) {
            try sample.wallet.add(WalletCertificate(file))
        }
    }

    /// An answer that was made for somebody is no certificate to keep.
    @Test func keepsNoKeyBinding() throws {
        var answered = sample.bound
        answered.credential = answered.credential.bound(
            to: "a", nonce: "n", at: SampleNetwork.now, by: sample.key)
        #expect(try WalletCertificate(answered).file == sample.bound)
    }

    @Test func makesNoWalletWhereOneIs() throws {
        let key = try sample.wallet.keyFile()
        #expect(throws: WalletError.walletExists(path: sample.wallet.path)) {
            try WalletFolder(creating: sample.wallet.path, key: key)
        }
        // Certificates without a key are somebody's too.
        try FileManager.default.removeItem(atPath: "\(sample.wallet.path)/holder.key")
        #expect(throws: WalletError.walletExists(path: sample.wallet.path)) {
            try WalletFolder(creating: sample.wallet.path, key: key)
        }
        #expect(throws: WalletError.noWallet(path: sample.wallet.path)) {
            try WalletFolder(opening: sample.wallet.path)
        }
    }

    @Test func namesDamagedFilesAndGivesTheOthers() throws {
        let id = try WalletCertificate(sample.bound).id
        let path = "\(sample.wallet.path)/certificates/\(id).json"
        for bytes in [
            Array(sample.bound.serialized.dropLast(40)), sample.unbound.serialized, [],
        ] {
            try Data(bytes).write(to: URL(filePath: path))
            let content = try sample.wallet.content()
            #expect(content.certificates.map(\.file) == [sample.unbound])
            #expect(content.damaged.count == 1)
            #expect(content.damaged.allSatisfy { "\($0)".contains(path) })
        }
        try Data("x".utf8).write(to: URL(filePath: "\(sample.wallet.path)/holder.key"))
        #expect(throws: WalletError.self) { try sample.wallet.keyFile() }
    }
}
