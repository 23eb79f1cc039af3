import Credentials
import Cryptography
import Encoding
import Foundation
import TestSupport
import Wallet

/// A wallet of a person who does not exist, with a bound and an unbound award.
struct SampleWallet {
    let folder: TemporaryFolder
    let key: SigningKey
    let wallet: WalletFolder
    let bound: CredentialFile
    let unbound: CredentialFile

    static let passphrase = Array("correct horse".utf8)
    /// As little as a key file may ask for: tests are not there to wait.
    static let cost = PassphraseCost(operations: 1, memory: 8 << 10)

    init() throws {
        folder = try TemporaryFolder()
        key = try SampleKeys.signing("holder")
        var generator = SeededGenerator(seed: 51)
        let file = try KeyFile(
            sealing: key, role: WalletFolder.role, name: "holder", isSample: true,
            passphrase: SampleWallet.passphrase, cost: SampleWallet.cost, using: &generator)
        wallet = try WalletFolder(creating: folder.path("wallet"), key: file)
        var network = try SampleNetwork()
        let holder = JSONWebKey(key.verificationKey)
        let files = try network.issue([
            network.award {
                $0.holderKey = holder
                $0.others = [
                    "birthplace": ["city": "Cebu", "region": "VII"], "certificate_number": "S-1",
                ]
            },
            network.award("2026-11-01", index: 8),
        ])
        bound = files[0]
        unbound = files[1]
    }

    func filled() throws -> SampleWallet {
        try wallet.add(WalletCertificate(bound))
        try wallet.add(WalletCertificate(unbound))
        return self
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(wallet.path)/\(name)")))
    }
}
