import Credentials
import Foundation
import Registrar

/// One `concord verify` as a whole process, against `openssl pkeyutl -verify`.
enum ProcessBenchmarks {
    static func verify(_ scale: BenchmarkScale) -> Benchmark {
        let times = scale.count(full: 40)
        return Benchmark(
            id: "cli.verify",
            what: "one concord verify as a process, against one openssl pkeyutl -verify; "
                + "mean of \(times)",
            unit: "ms", moreIsBetter: false
        ) {
            let openssl = try path(of: "openssl")
            let sample = try await SampleOffice()
            let file = try await sample.issue(1).files[0]
            let certificate = sample.folder.appending(path: "certificate.json").path
            try Data(file.serialized).write(to: URL(filePath: certificate))
            let message = sample.folder.appending(path: "message").path
            try Data(file.credential.issuerJWT.signingInput).write(to: URL(filePath: message))
            let key = "\(message).key"
            let signature = "\(message).sig"
            try run(openssl, "genpkey", "-algorithm", "ed25519", "-out", key)
            try run(
                openssl, "pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", message, "-out",
                signature)
            let concord = "/proc/self/exe"
            let program = try FileManager.default.destinationOfSymbolicLink(atPath: concord)
            let node = sample.folder.path
            return {
                defer { withExtendedLifetime(sample) {} }
                var ours = 0.0
                var theirs = 0.0
                for _ in 0..<times {
                    ours += try Stopwatch.seconds {
                        try run(program, "verify", certificate, "--node", node)
                    }
                    theirs += try Stopwatch.seconds {
                        try run(
                            openssl, "pkeyutl", "-verify", "-inkey", key, "-rawin", "-in",
                            message, "-sigfile", signature)
                    }
                }
                return Benchmark.Sample(
                    measured: ours / Double(times) * 1_000,
                    limit: theirs / Double(times) * 1_000)
            }
        }
    }

    /// `concord worth` over two hundred countries as a whole process, against 50 ms.
    static func worth(_ scale: BenchmarkScale, _ worlds: SampleWorlds) -> Benchmark {
        let count = scale.count(full: 1_000_000)
        let times = 10
        return Benchmark(
            id: "cli.worth",
            what: "concord worth over 200 countries, \(count) entries, as a process, against "
                + "50 ms; mean of \(times)",
            unit: "ms", moreIsBetter: false, goal: 1
        ) {
            let world = try worlds.world(entries: count)
            let program = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
            let qualification = world.qualification(world.countries[1], 0)
            @Sendable func ask() throws {
                try run(
                    program, "worth", qualification, "--anchor", world.anchorPath, "--data",
                    world.folder.path, expecting: [0, 2, 3])
            }
            try ask()
            return {
                defer { withExtendedLifetime(world) {} }
                let seconds = try Stopwatch.seconds { for _ in 0..<times { try ask() } }
                return Benchmark.Sample(measured: seconds / Double(times) * 1_000, limit: 50)
            }
        }
    }

    private static func path(of tool: String) throws -> String {
        for folder in ["/usr/bin", "/bin", "/usr/local/bin"] {
            let path = "\(folder)/\(tool)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw MissingTool(tool)
    }

    private static func run(
        _ program: String, _ arguments: String..., expecting codes: Set<Int32> = [0]
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard codes.contains(process.terminationStatus) else {
            throw UnexpectedResult(
                expected: "exit status \(codes)", found: "\(process.terminationStatus)")
        }
    }
}
