public import Encoding
internal import Foundation
internal import NIOSSL

/// The certificate and the key under which a node speaks HTTPS, read from two files in PEM.
///
/// `Protocol/operation.md § HTTPS`. TLS 1.2 and newer. Nobody is asked for a certificate: what
/// counts is signed, whoever brings it.
enum TransportSecurity {
    static func configuration(
        _ files: (certificate: String, key: String), inFolder folder: String?
    ) throws(NodeError) -> TLSConfiguration {
        let certificate = path(files.certificate, in: folder)
        let key = path(files.key, in: folder)
        for file in [certificate, key] where !FileManager.default.isReadableFile(atPath: file) {
            throw .unreadable(path: file)
        }
        let mode = (try? FileManager.default.attributesOfItem(atPath: key))?[.posixPermissions]
        if let mode = (mode as? NSNumber)?.intValue, mode & 0o007 != 0 {
            throw .openKey(path: key)
        }
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw .certificate(path: certificate, expected: "a chain of certificates in PEM")
        }
        guard !chain.isEmpty else {
            throw .certificate(path: certificate, expected: "a chain of certificates in PEM")
        }
        let secret: NIOSSLPrivateKey
        do { secret = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw .certificate(path: key, expected: "a private key in PEM without a passphrase")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // That the two belong together shows when they are used for the first time: here.
        do { _ = try NIOSSLContext(configuration: configuration) } catch {
            throw .certificate(path: key, expected: "the key of the certificate in \(certificate)")
        }
        return configuration
    }

    static func path(_ file: String, in folder: String?) -> String {
        file.hasPrefix("/") ? file : (folder ?? ".") + "/" + file
    }
}

/// The certificate of a node, as whoever looks after it sees it.
public enum NodeCertificate {
    /// When the first certificate of the chain ends.
    ///
    /// - Throws: where the files are not a certificate and its key.
    public static func end(
        of files: (certificate: String, key: String), inFolder folder: String
    ) throws(NodeError) -> Timestamp {
        _ = try TransportSecurity.configuration(files, inFolder: folder)
        let path = TransportSecurity.path(files.certificate, in: folder)
        guard let first = try? NIOSSLCertificate.fromPEMFile(path).first else {
            throw .certificate(path: path, expected: "a chain of certificates in PEM")
        }
        return Timestamp(seconds: Int64(first.notValidAfter))
    }
}
