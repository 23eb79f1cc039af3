import Foundation
import Testing

/// The unit with which systemd runs a node: what it may do, and how it is told something.
@Suite struct ServiceUnitTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Nodes")

    private static let judge = "/usr/bin/systemd-analyze"

    private func settings(_ name: String) throws -> [String: [String]] {
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        var settings: [String: [String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            settings[String(parts[0]), default: []].append(String(parts[1]))
        }
        return settings
    }

    @Test func givesTheNodeNothingButItsFolder() throws {
        let unit = try settings("concord.service")
        for (name, value) in [
            ("User", "concord"), ("NoNewPrivileges", "true"), ("CapabilityBoundingSet", ""),
            ("ProtectSystem", "strict"), ("ProtectHome", "true"), ("PrivateTmp", "true"),
            ("PrivateDevices", "true"), ("ProtectKernelTunables", "true"),
            ("ProtectControlGroups", "true"), ("RestrictNamespaces", "true"),
            ("MemoryDenyWriteExecute", "true"), ("LockPersonality", "true"),
            ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"), ("LimitCORE", "0"),
            ("StateDirectoryMode", "0700"), ("UMask", "0077"),
        ] { #expect(unit[name] == [value], "\(name)") }
        // No setting that opens more than the folder of its state.
        #expect(unit["ReadWritePaths"] == nil)
        #expect(unit["Environment"] == nil)
        #expect(unit["SystemCallFilter"]?.first == "@system-service")
    }

    @Test func isToldToStopAndToReadItsCertificate() throws {
        let unit = try settings("concord.service")
        #expect(unit["KillSignal"] == ["SIGTERM"])
        #expect(unit["ExecReload"] == ["/bin/kill -HUP $MAINPID"])
        #expect(unit["ExecStart"]?.first?.contains(" node serve ") == true)
        #expect(try settings("concord.socket")["ListenStream"]?.isEmpty == false)
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: judge),
            "systemd-analyze is not installed"))
    func isUnderstoodBySystemd() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: Self.judge)
        // The program itself need not be installed here.
        process.arguments = [
            "verify", "--man=no", "--recursive-errors=no",
            Self.folder.appending(path: "concord.service").path,
        ]
        process.standardError = output
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let said = String(decoding: data, as: UTF8.self).split(separator: "\n").filter { line in
            line.contains("concord.") && !line.contains("is not executable")
        }
        #expect(said == [])
    }
}
