import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing
import Wallet

@Suite struct WalletBackupTests {
    private let sample: SampleWallet
    private let sealed: [UInt8]

    init() throws {
        sample = try SampleWallet().filled()
        var generator = SeededGenerator(seed: 61)
        sealed = try WalletBackup(
            key: sample.wallet.keyFile(), certificates: [sample.bound, sample.unbound]
        ).sealed(under: SampleWallet.passphrase, cost: SampleWallet.cost, using: &generator)
    }

    @Test func givesKeyAndCertificatesBack() throws {
        let backup = try WalletBackup(parsing: sealed, passphrase: SampleWallet.passphrase)
        #expect(backup.certificates == [sample.bound, sample.unbound])
        let key = try backup.key.signingKey(passphrase: SampleWallet.passphrase)
        #expect(key.verificationKey == sample.key.verificationKey)
        let folder = try WalletFolder(creating: sample.folder.path("again"), key: backup.key)
        for file in backup.certificates { try folder.add(WalletCertificate(file)) }
        #expect(try folder.content().certificates.count == 2)
    }

    @Test func showsNothingWithoutThePassphrase() throws {
        let text = String(decoding: sealed, as: UTF8.self)
        #expect(!text.contains("Ana"))
        #expect(!text.contains("certificates"))
        #expect(throws: WalletError.self) {
            try WalletBackup(parsing: sealed, passphrase: Array("wrong horse".utf8))
        }
    }

    @Test func refusesEveryChangedByte() throws {
        var generator = SeededGenerator(seed: 62)
        for position in stride(from: 0, to: sealed.count, by: 17) {
            var changed = sealed
            let letter = UInt8.random(in: 0x21...0x7E, using: &generator)
            changed[position] = letter == sealed[position] ? letter ^ 1 : letter
            // A changed cost is derived with: none that would take long is tried here.
            guard changed.count == sealed.count, !Self.isCost(sealed, position) else { continue }
            let read = try? WalletBackup(parsing: changed, passphrase: SampleWallet.passphrase)
            #expect(read == nil || read?.certificates == [sample.bound, sample.unbound])
        }
    }

    private static func isCost(_ bytes: [UInt8], _ position: Int) -> Bool {
        (0x30...0x39).contains(bytes[position])
            && !bytes[max(0, position - 8)..<position].contains(UInt8(ascii: "\""))
            || bytes[max(0, position - 14)..<position].contains(UInt8(ascii: ":"))
    }

    @Test(arguments: [
        ("operations", JSONValue.integer(17)), ("memory", .integer(1 << 21)), ("kdf", "scrypt"),
        ("type", "key"), ("version", .integer(2)), ("salt", "AAAA"), ("more", .integer(1)),
    ]) func refusesBeforeItDerives(_ name: String, _ value: JSONValue) throws {
        var object = try #require(
            try JSONValue(parsing: sealed, limits: JSONLimits(size: 1 << 20)).object)
        object[name] = value
        let error = #expect(throws: WalletError.self) {
            try WalletBackup(
                parsing: JSONValue.object(object).serialized, passphrase: SampleWallet.passphrase)
        }
        if case .notBackup? = error {} else { Issue.record("\(String(describing: error))") }
    }
}
