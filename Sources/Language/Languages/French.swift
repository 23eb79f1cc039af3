extension Translation {
    static let french = Translation(
        parsing: """
            language = fr
            name = Français
            direction = ltr
            review = draft
            """)
}
