import Credentials
import Encoding
import Foundation
import Node
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog
import Verification

/// The node as others find it: static bytes, verdicts, memory, the page of the first question.
enum NodeBenchmarks {
    /// - Parameter loadSeconds: how long the node is loaded before its memory is looked at.
    static func all(_ scale: BenchmarkScale, loadSeconds: Int?) -> [Benchmark] {
        let seconds = scale == .full ? 5 : 2
        let load = loadSeconds ?? (scale == .full ? 60 : 5)
        return [files(seconds), verdicts(seconds), tail(seconds), memory(load), page()]
    }

    private static func files(_ seconds: Int) -> Benchmark {
        Benchmark(
            id: "http.static",
            what: "a tile and a checkpoint, the slower of the two, by wrk on 64 connections, "
                + "against nginx with the same files, one worker each on one core",
            unit: "1/s", moreIsBetter: true, goal: 0.5
        ) {
            let nginx = try OutsideTool.path("nginx")
            _ = try OutsideTool.path("wrk")
            let sample = try await SampleOffice()
            let node = try BenchmarkedNode(folder: sample.folder.path, isOnOneCore: true)
            let size = try sample.office.database.read {
                try $0.log(sample.office.card.pin.origin)?.size ?? 0
            }
            let log = PeerPath.log(sample.office.card.pin.origin)
            var files: [(path: String, other: StaticServer)] = []
            for path in ["\(log)/tile/0/000.p/\(size)", "\(log)/checkpoint"] {
                files.append((path, try StaticServer(nginx, bytes: try await node.get(path))))
            }
            return { [files] in
                defer { withExtendedLifetime((sample, node, files)) {} }
                let samples = try files.map { path, other in
                    let ours = try OutsideTool.wrk(
                        "http://127.0.0.1:\(node.port)\(path)", connections: 64, seconds: seconds)
                    let theirs = try OutsideTool.wrk(
                        "http://127.0.0.1:\(other.port)/file", connections: 64, seconds: seconds)
                    return Benchmark.Sample(measured: ours.rate, limit: theirs.rate)
                }
                return samples[0].measured / samples[0].limit
                    < samples[1].measured / samples[1].limit ? samples[0] : samples[1]
            }
        }
    }

    /// A node with a certificate's dossier, and the script that asks for its verdict.
    private struct Question: Sendable {
        let sample: SampleOffice
        let node: BenchmarkedNode
        let dossier: [UInt8]
        let script: String

        init() async throws {
            _ = try OutsideTool.path("wrk")
            sample = try await SampleOffice()
            let file = try CredentialFile(
                parsing: try await sample.issue(1).files[0].serialized)
            let signer = try sample.office.node.signer(.extract, passphrase: nil)
            dossier = try await DossierMaker(sample.office).dossier(
                for: file, question: VerificationQuestion(destination: nil, purpose: nil),
                signer: signer, at: sample.now, cosign: { _ in [] }
            ).serialized
            node = try BenchmarkedNode(folder: sample.folder.path, isOnOneCore: true)
            let text = String(decoding: dossier, as: UTF8.self)
            let body = JSONValue.object(["certificate": .string(text)]).serialized
            let place = sample.folder.appending(path: "question.json").path
            try Data(body).write(to: URL(filePath: place))
            script = sample.folder.appending(path: "question.lua").path
            let lua = """
                local file = io.open("\(place)", "rb")
                wrk.method = "POST"
                wrk.body = file:read("*a")
                wrk.headers["Content-Type"] = "application/json"
                """
            try Data(lua.utf8).write(to: URL(filePath: script))
        }

        func ask(_ seconds: Int) throws -> (rate: Double, median: Double, p99: Double) {
            try OutsideTool.wrk(
                "http://127.0.0.1:\(node.port)/verify", connections: 64, seconds: seconds,
                script: script)
        }
    }

    private static func verdicts(_ seconds: Int) -> Benchmark {
        Benchmark(
            id: "http.verify",
            what: "POST /verify of a dossier by wrk on 64 connections, against as many verdicts in "
                + "process on one core",
            unit: "1/s", moreIsBetter: true, goal: 0.7
        ) {
            let question = try await Question()
            let sample = question.sample
            let desk = VerdictDesk(
                anchor: try sample.office.anchor(at: sample.now), database: sample.office.database)
            return {
                let ours = try question.ask(seconds)
                let count = 200
                let bare = try Stopwatch.seconds {
                    for _ in 0..<count {
                        _ = try desk.verdicts(
                            on: VerificationInput(parsing: question.dossier), with: [],
                            question: VerificationQuestion(destination: nil, purpose: nil),
                            asked: [], at: sample.now
                        ) { _ in .none }
                    }
                }
                return Benchmark.Sample(measured: ours.rate, limit: Double(count) / bare)
            }
        }
    }

    private static func tail(_ seconds: Int) -> Benchmark {
        Benchmark(
            id: "http.verify.tail",
            what: "the slowest of a hundred of them, against ten times the middle one",
            unit: "ms", moreIsBetter: false, goal: 1
        ) {
            let question = try await Question()
            return {
                let ours = try question.ask(seconds)
                return Benchmark.Sample(measured: ours.p99, limit: 10 * ours.median)
            }
        }
    }

    private static func memory(_ seconds: Int) -> Benchmark {
        Benchmark(
            id: "http.memory",
            what: "the most anonymous memory of a node with 1,000 idle connections in \(seconds) s "
                + "of mixed load, against 150 MB",
            unit: "MB", moreIsBetter: false, goal: 1, runs: 1
        ) {
            let sample = try await SampleOffice()
            let node = try BenchmarkedNode(folder: sample.folder.path, isOnOneCore: false)
            let paths = ["/heads", "/card", "/check", "/registry", "/index.json", "/health"]
            return {
                defer { withExtendedLifetime(sample) {} }
                let idle = try (0..<1_000).map { _ in try IdleConnection(port: node.port) }
                let end = Date(timeIntervalSinceNow: Double(seconds))
                var (number, memory) = (0, 0)
                while Date() < end {
                    _ = try await node.get(paths[number % paths.count])
                    number += 1
                    if number % 100 == 0 { memory = max(memory, node.memory.anonymous) }
                }
                memory = max(memory, node.memory.anonymous)
                withExtendedLifetime(idle) {}
                return Benchmark.Sample(measured: Double(memory) / 1e6, limit: 150)
            }
        }
    }

    private static func page() -> Benchmark {
        Benchmark(
            id: "http.page",
            what:
                "the page on which a certificate is checked with all that it loads, against 60 KB",
            unit: "KB", moreIsBetter: false, goal: 1, runs: 1
        ) {
            let sample = try await SampleOffice()
            let node = try BenchmarkedNode(folder: sample.folder.path, isOnOneCore: false)
            return {
                defer { withExtendedLifetime(sample) {} }
                let page = try await node.get("/check")
                var bytes = page.count
                let text = String(decoding: page, as: UTF8.self)
                let loaded = Set(
                    text.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/).map { "\($0.1)" })
                // More than three requests are no page of this kind.
                guard loaded.count <= 2 else {
                    throw UnexpectedResult(
                        expected: "at most 2 files beside the page", found: "\(loaded.count)")
                }
                for path in loaded { bytes += try await node.get(path).count }
                return Benchmark.Sample(measured: Double(bytes) / 1e3, limit: 60)
            }
        }
    }
}

/// nginx with one worker and one file, on one core.
private final class StaticServer: Sendable {
    let port: Int
    private let process: Process
    private let folder: TemporaryFolder

    init(_ nginx: String, bytes: [UInt8]) throws {
        folder = try TemporaryFolder()
        port = Int.random(in: 20_000..<30_000)
        try Data(bytes).write(to: URL(filePath: "\(folder.path)/file"))
        let configuration = """
            daemon off; worker_processes 1; pid \(folder.path)/pid; error_log /dev/null;
            events { worker_connections 1024; }
            http { access_log off; keepalive_requests 100000000; open_file_cache max=10;
              client_body_temp_path \(folder.path)/a; proxy_temp_path \(folder.path)/b;
              fastcgi_temp_path \(folder.path)/c; uwsgi_temp_path \(folder.path)/d;
              scgi_temp_path \(folder.path)/e;
              server { listen 127.0.0.1:\(port); location / { root \(folder.path); } } }
            """
        let file = "\(folder.path)/nginx.conf"
        try Data(configuration.utf8).write(to: URL(filePath: file))
        process = OutsideTool.process([
            try OutsideTool.path("taskset"), "-c", "0", nginx, "-c", file,
        ])
        try process.run()
        Thread.sleep(forTimeInterval: 0.5)
        guard process.isRunning else {
            throw UnexpectedResult(
                expected: "nginx to serve", found: "that it ended with \(process.terminationStatus)"
            )
        }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        folder.remove()
    }
}

/// A connection that says nothing.
private final class IdleConnection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let descriptor = descriptor
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            throw UnexpectedResult(expected: "a connection to the node", found: "errno \(errno)")
        }
    }

    deinit { close(descriptor) }
}
