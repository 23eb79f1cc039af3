/// The name that was most likely meant.
enum NearestName {
    /// The one of `names` that differs least in letters; nil if all differ by more than a third.
    static func of(_ name: String, among names: some Sequence<String>) -> String? {
        let written = Array(name.lowercased())
        var best: (name: String, distance: Int)?
        for candidate in names {
            let letters = Array(candidate.lowercased())
            let allowed = max(1, max(written.count, letters.count) / 3)
            let distance = distance(written, letters)
            if distance <= allowed, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// Letters to put in, take out or change (Levenshtein); two that changed places count as one.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var above = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var least = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1)
                least = min(least, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            before = above
            above = current
        }
        return above[right.count]
    }
}
