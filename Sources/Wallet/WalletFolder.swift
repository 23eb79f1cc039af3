import Credentials
public import Cryptography
import Encoding
import Foundation
import Glibc

/// A worker's wallet: a folder with one key, sealed under a passphrase, and certificates as
/// files (`Protocol/presentation.md § Wallet`).
///
/// Certificates are plain files that their owner alone may read: they are also worth something
/// without the wallet. Nothing in a wallet is ever written over.
public struct WalletFolder: Sendable {
    public let path: String

    public static let keyName = "holder.key"
    public static let certificatesName = "certificates"
    public static let role = "holder"
    static let keyLimit = 65_536

    /// What lies in it, in the order of the days of award.
    public struct Content: Sendable {
        public let certificates: [WalletCertificate]
        /// The files that do not read, and why.
        public let damaged: [WalletError]
    }

    /// - Throws: `noWallet` if there is no key in the folder.
    public init(opening path: String) throws(WalletError) {
        self.path = path
        guard FileManager.default.fileExists(atPath: "\(path)/\(WalletFolder.keyName)") else {
            throw .noWallet(path: path)
        }
    }

    /// Makes a wallet with that key.
    ///
    /// - Throws: `walletExists` if there is one, or anything else that it would write over.
    public init(creating path: String, key: KeyFile) throws(WalletError) {
        self.path = path
        guard !WalletFolder.isTaken(path) else { throw .walletExists(path: path) }
        do {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(WalletFolder.certificatesName)",
                withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw .cannotWrite(path: path) }
        try write(key.serialized, to: WalletFolder.keyName)
    }

    /// Whether a wallet, or certificates of one, are there.
    public static func isTaken(_ path: String) -> Bool {
        [keyName, certificatesName].contains {
            FileManager.default.fileExists(atPath: "\(path)/\($0)")
        }
    }

    public func keyFile() throws(WalletError) -> KeyFile {
        let name = "\(path)/\(WalletFolder.keyName)"
        let bytes = try WalletFolder.read(name, limit: WalletFolder.keyLimit)
        do throws(CryptographyError) { return try KeyFile(parsing: bytes) } catch {
            throw .damaged(path: name, reason: error.description)
        }
    }

    /// Puts a certificate into the wallet; false if it was there already.
    ///
    /// Not checked: whether it is genuine. Refused: one that is bound to another key.
    @discardableResult
    public func add(_ certificate: WalletCertificate) throws(WalletError) -> Bool {
        if certificate.isBound {
            guard certificate.holderKey == (try keyFile().verificationKey) else {
                throw .otherHolder
            }
        }
        let name = "\(WalletFolder.certificatesName)/\(certificate.id).json"
        guard !FileManager.default.fileExists(atPath: "\(path)/\(name)") else { return false }
        try write(certificate.file.serialized, to: name)
        return true
    }

    public func content() throws(WalletError) -> Content {
        let folder = "\(path)/\(WalletFolder.certificatesName)"
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch { throw .damaged(path: folder, reason: "the folder cannot be listed") }
        var certificates: [WalletCertificate] = []
        var damaged: [WalletError] = []
        for name in names.sorted() where name.hasSuffix(".json") {
            do throws(WalletError) {
                certificates.append(try WalletFolder.certificate(at: "\(folder)/\(name)"))
            } catch { damaged.append(error) }
        }
        certificates.sort { ($0.content.day, $0.id) < ($1.content.day, $1.id) }
        return Content(certificates: certificates, damaged: damaged)
    }

    /// The certificate whose id begins so.
    public func certificate(_ id: String) throws(WalletError) -> WalletCertificate {
        let found = try content().certificates.filter { $0.id.hasPrefix(id) && !id.isEmpty }
        guard let certificate = found.first else { throw .unknownCertificate(id) }
        guard found.count == 1 else {
            throw .ambiguousCertificate(id, matches: found.map(\.id))
        }
        return certificate
    }

    private static func certificate(at path: String) throws(WalletError) -> WalletCertificate {
        let bytes = try read(path, limit: CredentialFile.sizeLimit)
        let certificate: WalletCertificate
        do throws(CredentialError) {
            certificate = try WalletCertificate(CredentialFile(parsing: bytes))
        } catch { throw .damaged(path: path, reason: error.description) }
        // The name is made of the signed bytes: a changed one shows.
        guard path.hasSuffix("/\(certificate.id).json") else {
            throw .damaged(path: path, reason: "its content is not the one that bears its name")
        }
        return certificate
    }

    private static func read(_ path: String, limit: Int) throws(WalletError) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: limit + 1)
        else { throw .cannotRead(path: path) }
        guard data.count <= limit else {
            throw .damaged(path: path, reason: "it has more than \(limit) bytes")
        }
        return Array(data)
    }

    /// Writes aside, syncs, then moves into place: a file is whole or not there.
    private func write(_ bytes: [UInt8], to name: String) throws(WalletError) {
        let place = "\(path)/\(name)"
        let aside = "\(place).part"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: place) }
        let written = Glibc.write(descriptor, bytes, bytes.count)
        let isDurable = written == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isDurable, link(aside, place) == 0 else {
            unlink(aside)
            throw .cannotWrite(path: place)
        }
        unlink(aside)
    }
}
