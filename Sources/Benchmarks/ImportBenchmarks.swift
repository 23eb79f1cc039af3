import Cryptography
import Encoding
import Foundation
import Issuance
import Registrar
import Storage

/// A graduation year from a spreadsheet: how fast, and in how much memory.
enum ImportBenchmarks {
    /// Checked, signed, sealed, stored, read back, verified and logged; files are not written.
    static func speed(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 100_000)
        return Benchmark(
            id: "issue.import",
            what: "\(count) rows of a spreadsheet checked, signed, sealed, stored, verified and "
                + "logged as one batch, against the slower of libsodium signing on two cores and "
                + "bare inserts of as many rows",
            unit: "1/s", moreIsBetter: true, goal: 0.5, runs: 3
        ) {
            let message = [UInt8](repeating: 7, count: 900)
            let rows = Array(repeating: [UInt8](repeating: 7, count: 1_700), count: count)
            return {
                let sample = try await SampleOffice()
                defer { sample.remove() }
                let file = try spreadsheet(count, in: sample)
                let template = try AwardTemplate(
                    parsing: Array(try Data(contentsOf: URL(filePath: file.template))))
                let seconds = try await Stopwatch.seconds {
                    let source = try ImportFile(
                        file.rows, template: template, delimiter: nil)
                    let check = try ImportCheck(
                        source, body: SampleOffice.body, key: sample.key.verificationKey,
                        in: sample.office, records: sample.records, at: sample.now, limit: 1,
                        holderKey: { _ in nil })
                    guard check.isGood else {
                        throw UnexpectedResult(expected: "a sheet without faults", found: "faults")
                    }
                    let issued = try await ImportDesk(
                        office: sample.office, records: sample.records, key: sample.key,
                        body: SampleOffice.body
                    ).issue(source, check, at: sample.now, holderKey: { _ in nil })
                    guard issued.rows == count else {
                        throw UnexpectedResult(expected: "\(count) rows", found: "\(issued.rows)")
                    }
                }
                let signing = await Stopwatch.seconds {
                    await withTaskGroup(of: Void.self) { group in
                        for _ in 0..<2 {
                            group.addTask {
                                RawLimit.sign(
                                    message, seed: [UInt8](repeating: 1, count: 32),
                                    times: count / 2)
                            }
                        }
                    }
                }
                let bare = try RawInserts(into: sample.folder.appending(path: "raw.sqlite").path)
                let inserting = try Stopwatch.seconds { try bare.insert(rows) }
                return Benchmark.Sample(
                    measured: Double(count) / seconds,
                    limit: Double(count) / max(signing, inserting))
            }
        }
    }

    /// The most anonymous memory that one `concord import` ever had, looked at all the time.
    static func memory(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 100_000)
        return Benchmark(
            id: "issue.memory",
            what: "anonymous memory of one concord import of \(count) rows as a process, files "
                + "written, no paper, against 150 MB",
            unit: "MB", moreIsBetter: false, goal: 1, runs: 1
        ) {
            return {
                let sample = try await SampleOffice()
                defer { sample.remove() }
                let most = try await importing(count, in: sample)
                return Benchmark.Sample(measured: most, limit: 150)
            }
        }
    }

    /// The same of one `concord verify` of the folder that the import wrote.
    static func verifyingMemory(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 100_000)
        return Benchmark(
            id: "verify.memory",
            what:
                "anonymous memory of one concord verify of a folder of \(count) certificates as a "
                + "process, against 150 MB",
            unit: "MB", moreIsBetter: false, goal: 1, runs: 1
        ) {
            return {
                let sample = try await SampleOffice()
                defer { sample.remove() }
                _ = try await importing(count, in: sample)
                let folder = certificates(of: sample)
                try FileManager.default.removeItem(atPath: "\(folder)/records.txt")
                let most = try await mostMegabytes([
                    "verify", folder, "--csv", "--node", sample.folder.path,
                ])
                return Benchmark.Sample(measured: most, limit: 150)
            }
        }
    }

    private static func certificates(of sample: SampleOffice) -> String {
        sample.folder.appending(path: "certificates").path
    }

    /// The most anonymous memory of one import whose files are written.
    private static func importing(_ count: Int, in sample: SampleOffice) async throws -> Double {
        let file = try spreadsheet(count, in: sample)
        return try await mostMegabytes([
            "import", file.rows, "--template", file.template, "--node", sample.folder.path,
            "--key", sample.keyFile.path, "--out", certificates(of: sample), "--no-paper",
        ])
    }

    /// Runs this program with those arguments, and looks at its memory all the time.
    private static func mostMegabytes(_ arguments: [String]) async throws -> Double {
        let process = Process()
        process.executableURL = URL(
            filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        var most = 0.0
        while process.isRunning {
            most = max(most, anonymousMegabytes(of: process.processIdentifier))
            try await Task.sleep(for: .milliseconds(10))
        }
        guard process.terminationStatus == 0 else {
            throw UnexpectedResult(expected: "exit status 0", found: "\(process.terminationStatus)")
        }
        return most
    }

    private static func anonymousMegabytes(of process: Int32) -> Double {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        let kilobytes = line?.split { !$0.isNumber }.first.flatMap { Double($0) }
        return (kilobytes ?? 0) / 1_024
    }

    private static func spreadsheet(
        _ count: Int, in sample: SampleOffice
    ) throws -> (rows: String, template: String) {
        let template = """
            {"type":"template","version":1,"qualification":"\(SampleOffice.qualification)",\
            "qualificationVersion":"1","languages":["en"],"dates":"DD/MM/YYYY","validity":"none",\
            "fields":[\
            {"column":"Full name","claim":"name","type":"text","required":true},\
            {"column":"Date of birth","claim":"birthdate","type":"date","required":true},\
            {"column":"Date of award","claim":"awarded","type":"date","required":true},\
            {"column":"Number","claim":"certificate_number","type":"code"},\
            {"column":"Student number","type":"text"}]}
            """
        let (year, month, day) = sample.now.day.components
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var text = "Full name;Date of birth;Date of award;Number;Student number\n"
        for row in 0..<count {
            text +=
                "Testina Exemplar \(row);17/05/1994;\(two(day))/\(two(month))/\(year);"
                + "S-\(row);\(row)\n"
        }
        let folder = sample.folder
        let files = (
            rows: folder.appending(path: "grads.csv").path,
            template: folder.appending(path: "template.json").path
        )
        try Data(text.utf8).write(to: URL(filePath: files.rows))
        try Data(template.utf8).write(to: URL(filePath: files.template))
        return files
    }
}
