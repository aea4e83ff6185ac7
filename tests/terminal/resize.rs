//! Sizes that change, and sizes that nobody has.

use crate::pty::home::{FIRST, Home};
use crate::pty::keys::{QUEUE, open_editor};
use std::process::Command;
use std::time::Duration;

#[test]
fn t_13_a_storm_of_sizes_is_survived() {
    let home = Home::new();
    let mut pty = home.demo();
    let odd = [
        (1, 1),
        (1, 500),
        (500, 1),
        (0, 0),
        (2, 2),
        (1000, 300),
        (40, 10),
        (59, 15),
    ];
    for round in 0..125 {
        for (cols, rows) in odd {
            pty.resize(cols, rows);
            if round % 25 == 0 {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
    pty.resize(80, 24);
    pty.wait_for(QUEUE);
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}

/// Where it could not be read nothing of the case is shown.
#[test]
fn t_13_a_screen_too_small_says_so_and_hides_the_case() {
    let home = Home::new();
    let pty = home.open();
    open_editor(&pty);
    for (cols, rows) in [(59, 24), (80, 15), (39, 9)] {
        pty.resize(cols, rows);
        pty.wait_for("imr needs 60 by 16");
        let screen = pty.screen();
        assert!(
            !screen.contains("CM2") && !screen.contains("Why"),
            "{screen}"
        );
        pty.resize(80, 24);
        pty.wait_for("Why (writing)");
    }
}

#[test]
fn t_14_the_editor_keeps_focus_and_text_through_a_resize() {
    let home = Home::new();
    let mut pty = home.open();
    open_editor(&pty);
    pty.send("Words before");
    pty.wait_for("Words before");
    for (cols, rows) in [(120, 40), (30, 8), (61, 17), (80, 24)] {
        pty.resize(cols, rows);
        std::thread::sleep(Duration::from_millis(30));
        pty.send(" more");
    }
    pty.wait_for("Words before more more more more");
    pty.send("\x1b");
    pty.wait_until("the save", |_| {
        home.rationale() == "Words before more more more more"
    });
    pty.send("\x1b");
    pty.wait_for(FIRST);
    pty.send("q");
    pty.wait_gone();
}

#[test]
fn t_14_a_dialogue_keeps_focus_and_text_through_a_resize() {
    let home = Home::new();
    let pty = home.open();
    pty.send("x\tA reason");
    pty.wait_for("A reason");
    for (cols, rows) in [(120, 40), (30, 8), (80, 24)] {
        pty.resize(cols, rows);
        std::thread::sleep(Duration::from_millis(30));
        pty.send(" more");
    }
    pty.wait_for("A reason more more more");
    assert_eq!(home.case()["stage"], "new", "nothing was closed");
}

/// Detached, attached again, and looked at by a second client of another size.
#[test]
fn t_26_tmux_detach_attach_and_a_smaller_client() {
    let home = Home::new();
    let socket = home.path().join("tmux");
    let tmux = |args: &[&str]| {
        let mut command = Command::new("tmux");
        command.env_remove("TMUX").env("TERM", "xterm-256color");
        command.arg("-S").arg(&socket).args(["-f", "/dev/null"]);
        command.args(args).output()
    };
    assert!(tmux(&["-V"]).is_ok(), "t_26 needs tmux, as .ci/run says");
    let store = home.store();
    let attach = |cols, rows| {
        let setup = home.shell_setup("tmux -S \"$HOME/tmux\" -f /dev/null attach");
        setup.size(cols, rows).start()
    };
    let imr = format!(
        "IMR_CONFIG={0} {1} --store {2}",
        home.path().display(),
        crate::pty::program().display(),
        store.display()
    );
    tmux(&["new-session", "-d", "-x", "80", "-y", "24", &imr]).unwrap();
    let mut first = attach(80, 25);
    first.wait_for(FIRST);
    first.send("\x02d");
    first.wait_gone();
    let wide = attach(120, 41);
    wide.wait_for("Injury");
    let small = attach(70, 21);
    small.wait_for(FIRST);
    small.send("j");
    wide.wait_until("the small client's screen in the wide one", |pty| {
        pty.screen().contains("2 of 16")
    });
    let is_whole = |text: &str| text.contains("imr · Queue") && text.contains("2 of 16");
    small.wait_until("a whole screen", |pty| is_whole(&pty.screen()));
    tmux(&["kill-server"]).unwrap();
}
