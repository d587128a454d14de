"""The only place that runs a student's code; what comes out of it is numbers and text.

Theory of operation
-------------------
Code that runs in the grader's own process decides its own grade: it can patch a function, return
an object that lies, write the results file. So it runs in a process of its own that has nothing,
and the grader believes only two things about it: how the kernel says that it ended, and one short
answer of a regular form.

    grader (sandbox, process, verdict) --request, 3 descriptors--> helper --fork--> child
           <------------- how the child ended: status, time, memory ---'             |
           <------------- answer pipe (wire), output pipe ---------------------------'

The *helper* is a clean process that is started once: a literal environment, no path but those of
this package and of NumPy, no descriptor but one socket. It loads every module that code may import
and then cuts itself off (`cutoff`, `lockdown`). From then on it needs no file any more, nor does
any process forked from it: source and answer travel over descriptors. It reads nothing that a
child writes, so that there is nothing in it to attack. It reads no source and no name either: they
travel together into the child, and how a child ended goes from the kernel's buffer to the grader
(`account`). A child runs in no frame of the helper's, and what it starts with is what every other
one started with: nothing of an earlier submission, the same luck and the same moment (`world`).

The *child* is forked for one run. It sets its limits, gives up what rights are left, and last puts
itself under a system-call filter (`seccomp`) that leaves it its memory, its two pipes and the
clock. Then it says "ready", and only then it reads the student's code, compiles and runs it, turns
what is returned into numbers (`values`) and writes them down (`child`, `wire`). It leaves by a
function that looks up no name (`leaving`), for every name may be the code's by then. Where NumPy
comes to load a part of itself that is not there, the child says which and ends, and the code runs
anew in a child that has it (`late`). Compiling is part
of the run: a source can be an attack on the compiler.

The *grader* drains both pipes to a cap, and judges by the helper's account first: a limit beats an
answer that was already written (`verdict`). The answer is read by one regular expression; nothing
that a child made is ever opened, listed, unpickled or evaluated. A student's code can write to the
answer pipe itself, and that is as good as returning the numbers: what it cannot do is to reach the
score.

Which walls stand
-----------------
Always: resource limits, no new privileges, the filter, and processes that cannot be traced. Where
the kernel has it: Landlock. As the machine allows: namespaces with an empty root, or an empty root
folder and a user id of its own, or neither (`cutoff` has the list). The filter and the limits stop
every known attack alone, with no help of the others; the others are there for the day on which one
of them has a hole. What was chosen is proved before it is used: a child like any other tries to
break out (`probes`), and if anything gets through no code is run. There is no way around that.

Why not bubblewrap
------------------
It would start a fresh interpreter in namespaces for every run, 75 ms with NumPy, or wrap the
helper, which then keeps Python's files in its root: bubblewrap arranges a root before the program
starts, and ours is empty because the modules are already loaded by then. It has to be installed,
it does nothing where a container forbids namespaces, and the filter, the limits and the protocol
would have to be written all the same. What remains of its part is four system calls in `cutoff`.

Faults
------
A helper that dies, hangs or cannot fork says nothing about the code: the run is tried once more
with a new helper, then it is the grader's fault, never the student's zero. Ctrl-C reaches only the
grader, since the helper has a session of its own; the helper ends when the socket does.

Sources: Linux's documentation of seccomp, Landlock and namespaces; pivot_root(2); the designs of
IOI's isolate, DMOJ's judge and INGInious, and what was broken in them and others: nearly always
the trusted side opening what the contained side had left.
"""
