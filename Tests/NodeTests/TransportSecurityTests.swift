import Encoding
import Foundation
import TestSupport
import Testing

@testable import Node

/// HTTPS by two files, and what is said where they are not what they should be.
@Suite struct TransportSecurityTests {
    let folder: TemporaryFolder
    let node: SampleNode

    init() throws {
        folder = try TemporaryFolder()
        let country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
        for name in ["a", "b"] {
            try Self.run(
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder.path("\(name).key"),
                "-out", folder.path("\(name).pem"), "-days", "30", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost")
        }
    }

    @discardableResult
    private static func run(_ words: String..., expecting code: Int32 = 0) throws -> String {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == code, "\(words)")
        return String(decoding: data, as: UTF8.self)
    }

    private func configuration(_ certificate: String, _ key: String) throws -> NodeConfiguration {
        var configuration = NodeConfiguration()
        configuration.syncSeconds = 0
        configuration.tlsFiles = (folder.path(certificate), folder.path(key))
        return configuration
    }

    @Test func speaksHTTPSWithTheCertificateAlone() async throws {
        let configuration = try configuration("a.pem", "a.key")
        let folder = folder
        try await node.serving(configure: { $0 = configuration }) { port in
            let url = "https://localhost:\(port)/health"
            let answer = try Self.run(
                "curl", "-sS", "--cacert", folder.path("a.pem"), "--resolve",
                "localhost:\(port):127.0.0.1", url)
            #expect(answer.contains("serving"))
            // Another certificate is not believed, an old version is not spoken, nor plain HTTP.
            try Self.run(
                "curl", "-sS", "--cacert", folder.path("b.pem"), "--resolve",
                "localhost:\(port):127.0.0.1", url, expecting: 60)
            try Self.run(
                "curl", "-sS", "--cacert", folder.path("a.pem"), "--tls-max", "1.1", "--resolve",
                "localhost:\(port):127.0.0.1", url, expecting: 35)
            let plain = try ClientSocket(port: port)
            plain.send("GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(ClientSocket.status(plain.receive()) == nil)
        }
    }

    private func failure(_ certificate: String, _ key: String) async throws -> String {
        let configuration = try configuration(certificate, key)
        let error = await #expect(throws: NodeError.self) {
            try await node.serving(configure: { $0 = configuration }) { _ in () }
        }
        return error?.description ?? ""
    }

    @Test func startsWithNothingButACertificateAndItsKey() async throws {
        #expect(try await failure("a.pem", "b.key").contains("the key of the certificate"))
        #expect(try await failure("a.key", "a.key").contains("expected a chain of certificates"))
        try FileManager.default.copyItem(atPath: folder.path("a.pem"), toPath: folder.path("c.key"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("c.key"))
        #expect(try await failure("a.pem", "c.key").contains("expected a private key"))
        #expect(try await failure("none.pem", "a.key").contains("cannot be read"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: folder.path("a.key"))
        #expect(try await failure("a.pem", "a.key").contains("chmod 600"))
    }

    /// A new certificate comes with the files alone; who is connected stays connected.
    @Test(.timeLimit(.minutes(2))) func takesANewCertificateWhileItServes() async throws {
        for name in [".pem", ".key"] { try copy("a" + name, to: "live" + name) }
        let configuration = try configuration("live.pem", "live.key")
        let folder = folder
        try await node.serving(configure: { $0 = configuration }) { port in
            func isServed(with certificate: String) throws -> Bool {
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = [
                    "curl", "-sS", "--cacert", folder.path(certificate), "--resolve",
                    "localhost:\(port):127.0.0.1", "https://localhost:\(port)/health",
                ]
                (process.standardOutput, process.standardError) = (
                    FileHandle.nullDevice, FileHandle.nullDevice
                )
                try process.run()
                process.waitUntilExit()
                return process.terminationStatus == 0
            }
            #expect(try isServed(with: "a.pem"))
            let open = try Self.client(port, folder.path("a.pem"))
            defer { open.process.terminate() }
            #expect(try open.health().contains("serving"))
            // What is no certificate and its key is not taken.
            try self.copy("b.pem", to: "live.pem")
            try await Task.sleep(for: .seconds(3 * CertificateService.pause))
            #expect(try isServed(with: "a.pem"))
            try self.copy("b.key", to: "live.key")
            let limit = Date(timeIntervalSinceNow: 60)
            while try !isServed(with: "b.pem"), Date() < limit {
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(try isServed(with: "b.pem"))
            #expect(try !isServed(with: "a.pem"))
            #expect(try open.health().contains("serving"), "the open connection was lost")
        }
    }

    private func copy(_ name: String, to other: String) throws {
        let data = try Data(contentsOf: URL(filePath: folder.path(name)))
        let path = folder.path(other)
        try data.write(to: URL(filePath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// A connection over TLS that stays open.
    private struct Client {
        let process: Process
        let input: Pipe
        let output: Pipe

        func health() throws -> String {
            try input.fileHandleForWriting.write(
                contentsOf: Data("GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n".utf8))
            var text = ""
            while !text.hasSuffix("}") {
                let data = output.fileHandleForReading.availableData
                if data.isEmpty { break }
                text += String(decoding: data, as: UTF8.self)
            }
            return text
        }
    }

    private static func client(_ port: Int, _ certificate: String) throws -> Client {
        let client = Client(process: Process(), input: Pipe(), output: Pipe())
        client.process.executableURL = URL(filePath: "/usr/bin/env")
        client.process.arguments = [
            "openssl", "s_client", "-quiet", "-connect", "127.0.0.1:\(port)", "-servername",
            "localhost", "-CAfile", certificate,
        ]
        client.process.standardInput = client.input
        client.process.standardOutput = client.output
        client.process.standardError = FileHandle.nullDevice
        try client.process.run()
        return client
    }

    @Test func knowsWhenACertificateEnds() throws {
        let end = try NodeCertificate.end(of: ("a.pem", "a.key"), inFolder: folder.path)
        let days = end.seconds / 86_400 - Int64(Date().timeIntervalSince1970) / 86_400
        #expect((29...30).contains(days))
    }
}
