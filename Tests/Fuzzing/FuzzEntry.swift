import Foundation

/// Where libFuzzer hands over what it made up; `FUZZ_TARGET` names the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzEntry.target.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private enum FuzzEntry {
    static let target: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            let known = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("expected FUZZ_TARGET to be one of \(known), found \(name)")
        }
        return target
    }()
}
